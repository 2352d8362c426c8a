"""The wording of second letters, German and English: how people answer, evade, refuse and take offence.

Regular expressions, since these are turns of phrase with gaps. Every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from anlass.litmus.reading import Question


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{part})" for part in parts), re.IGNORECASE)


HURT: Final = _any(
    r"\bzumutung", r"\bfür ein ton\b", r"\bton(?:fall)? (?:von|mit) (?:ihnen|dir)", r"\brespektlos", r"\bherablassend", r"von oben herab", r"\babweisend", r"\bunfreundlich", r"\btaktlos", r"\bpeinlich", r"\bschlag ins gesicht",
    r"\b(?:sehr |tief |ganz schön |richtig )?(?:getroffen|vor den kopf gestoßen|empört|fassungslos|sprachlos|wütend|sauer|verärgert)\b", r"\bnichts (?:mehr )?zu tun haben", r"\b(?:hätte|habe) ich .{0,25}nicht (?:erwartet|gedacht|verdient)", r"\bnicht gedacht, dass (?:sie|du)",
    r"\b(?:schäm|schämen) (?:dich|sie sich)", r"\bbilden sie sich", r"\bhalten sich (?:wohl )?für", r"\b(?:so|derart) (?:kalt|herzlos|überheblich)", r"\büberheblich", r"\bkeine manieren", r"\beine frechheit|\bdreist",
    r"\bcondescend", r"\bpatroni[sz]", r"\bunkind\b", r"\bmade (?:me|my \w+) cry\b", r"\bin tears\b", r"\bzum weinen\b", r"\b(?:ge|habe ich ge)weint\b", r"\bnasty\b", r"\bslap in the face", r"\b(?:i'm|i am|feel|felt|so|really|quite|very) (?:upset|angry|furious|appalled|hurt|offended|sad|shocked)\b", r"\bwhat a nerve\b", r"\bthe (?:nerve|cheek)\b",
    r"\b(?:that|this|it) (?:stung|stings|hurts?)\b", r"\byou people\b", r"\bget (?:over|off) you", r"\bkeep your (?:\w+ )?(?:time|advice|questions?|rules)", r"^\W*seriously\?", r"\bthis is what i get\b", r"\bno manners\b", r"\bdon't deserve\b", r"\bso (?:cold|heartless|arrogant)\b", r"\bhigh horse\b", r"\bexpected (?:more|better) (?:of|from) you",
    r"\barrogan", r"\bunverschämt", r"\bfrech(?:heit)?\b", r"\beingebildet", r"\bhochnäsig", r"\bunhöflich",
    r"\bbeleidig", r"\bverletzt mich", r"\bverletzend", r"\b(?:fühle?|bin) mich .{0,20}(?:verletzt|gekränkt)", r"\bgekränkt",
    r"\benttäuscht (?:von|über) (?:ihnen|dir|ihre|deine|ihr|dein)", r"\bbin .{0,25}enttäuscht\b", r"\brechtfertigen",
    r"\bverhör", r"\bfragebogen", r"für wen (?:halten|hältst)", r"was (?:fällt|bilden|bildest) (?:ihnen|dir|sie|du)",
    r"so (?:et)?was ist mir noch nie", r"das ist (?:ja )?(?:wohl )?(?:ein witz|lächerlich|das letzte)", r"\bwas soll (?:das|der quatsch)\b",
    r"\bfür was besseres", r"sie können mich mal", r"du kannst mich mal", r"\bidiot", r"\barschl", r"\bscheiß", r"so nicht mit mir",
    r"\barrogant", r"\brude\b", r"\bshame on\b", r"\bhow dare\b", r"who (?:the hell )?do you think you are", r"better than (?:everyone|others|us|me)",
    r"\binterrogat", r"\bhumiliat", r"\binsult", r"\boffen(?:ded|sive)", r"\bdisappoint(?:ed|ing) (?:in|by|with) (?:you|your)\b",
    r"\b(?:i'm|i am|am) .{0,20}disappointed", r"\bhurt(?:ful| my| me)\b", r"\bridiculous", r"\bpathetic", r"\bfull of yourself",
    r"\bcan't (?:even )?be bothered", r"won't bother (?:you )?again", r"thought you were (?:different|better)", r"\bfuck", r"\basshole|\bjerk\b", r"\bsnob",
)  # fmt: skip
"""Reproach and injury: whoever writes so is heard by a human."""

REFUSED: Final = _any(
    r"\bzu (?:kompliziert|umständlich|mühsam|anstrengend)", r"\bziehe? .{0,30}zurück", r"\b(?:lieber|besser) nicht\b", r"\bverzichte\b", r"\bin ruhe lassen|\blasse sie in ruhe", r"\bkeine lust (?:mehr)?\b", r"\bmir (?:zu|jetzt zu) (?:viel|blöd|dumm)",
    r"\bprefer not\b", r"\bnot (?:to )?go into\b", r"\bleave you (?:in peace|alone|to it)", r"\bwithdraw\b", r"\btoo (?:much hassle|complicated|much trouble)", r"\bi'll pass\b", r"\bdrop it\b", r"\bsecond thoughts?\b", r"\bscrap that\b",
    r"\bdann (?:eben|halt|lieber|lassen|lass)\b", r"^\W*dann nicht\b", r"\bhat sich (?:schon )?erledigt", r"\blassen wir (?:das|es)", r"\blass(?:en sie)? (?:mal )?gut sein",
    r"\bvergessen sie(?: es|s)?\b", r"\bvergiss(?: es)?\b", r"\b(?:schon|alles) gut\b", r"\bnicht (?:so|weiter|mehr) wichtig", r"\bkein interesse mehr",
    r"\b(?:möchte|will|mag|werde) (?:ich )?.{0,30}nicht (?:sagen|schreiben|erklären|verraten|beantworten)", r"\bgeht sie nichts an", r"\bfrage? (?:ich )?(?:jemand(?:en)?|wen) ander",
    r"\bnever ?mind", r"\bforget (?:it|about it|i asked)", r"\brather not\b", r"\bno,? thanks?\b", r"\bdon't want to (?:explain|say|tell|share|write)",
    r"\bnot interested any", r"\bdon't (?:worry about it|bother)", r"\bleave it\b", r"\bnone of your business", r"\bi'll ask (?:someone|somebody) else", r"\bdoesn't matter",
)  # fmt: skip
"""The talk is over, without anger."""

LATER: Final = _any(
    r"\b(?:am|per|übers?) telefon", r"\btelefonier", r"\brufen? sie (?:mich|kurz|einfach)", r"\bim (?:persönlichen )?(?:gespräch|call|meeting|treffen)", r"\bpersönlich (?:mit ihnen|mit dir|be)?(?:sprechen|erklär|erzähl|besprech)",
    r"\b(?:erzähle?|erkläre?|verrate|zeige) ich (?:ihnen|dir)", r"\b(?:alles|näheres|details|mehr) (?:weitere|dazu|andere)?\b.{0,30}\b(?:gespräch|telefon|persönlich|später)", r"\bschriftlich (?:schlecht|schwer|nicht)",
    r"\bkläre?n? wir\b", r"\bon (?:the|a) (?:phone|call)\b", r"\b(?:on|over|in|jump on|hop on) a (?:quick )?(?:call|zoom|chat)", r"\bin writing\b", r"\bexplain (?:more|it|everything)", r"\btell you (?:more|everything|all)",
    r"\b(?:den|alles) (?:rest|übrige)\b", r"\b(?:per|via|by|for|over) (?:e-?)?mail\b", r"\b(?:dauert|brauche) (?:wirklich |echt )?nur\b", r"\bwon't take (?:long|much)", r"\b(?:the rest|more) in person\b", r"\btell you (?:about|the rest)", r"\bwann (?:passt|kann|darf|haben|können)", r"\b(?:tomorrow|today|monday|tuesday|wednesday|thursday|friday) at \d", r"\bcalendar invite", r"\bsend over\b", r"\bschauen sie (?:einfach )?(?:auf|in)\b",
    r"\bpick any slot", r"\bcalendar link", r"\bhappy to (?:tell|share|discuss)",
)  # fmt: skip
"""The content is promised for another time."""

ABOUT: Final = _any(
    r"\b(?:es )?(?:geht|ging|dreht sich|handelt sich) (?:\w+ )?um\b", r"^\W*(?:um|wegen|zu) (?:de[mnrs]|die|das|ein\w{0,2}|unser\w{0,2}|mein\w{0,2}|ihr\w{0,2})\b", r"\bwegen\b", r"\bbetrifft\b", r"\bbetreff\b",
    r"\bgedacht ist\b", r"\bes wäre\b", r"\bwir (?:planen|suchen|brauchen|wollen|möchten|stellen|drucken|bauen)\b", r"\bich (?:suche|brauche|schreibe|plane)\b",
    r"\b(?:it's|it is|this is|that's|is) about\b", r"\bconcern(?:s|ing)\b", r"\bregarding\b", r"^\W*whether\b", r"\bwe (?:plan|need|want|are looking|would like)\b", r"\bi(?:'m| am)? (?:need|want|writing|looking|working on)\b",
)  # fmt: skip
"""Says what it is about."""

LINK: Final = _any(
    r"\b(?:gehört|gelesen|gesehen|gefunden|entdeckt)\b", r"\b(?:war|saß|stand|waren|saßen) .{0,40}\b(?:bei|auf|in|neben|vor) (?:ihr|dein|ihne|dir|eure)", r"\bhat mir (?:ihr|dein|von)", r"\b(?:gab|gegeben|genannt|empfohlen|verwiesen|geschickt|meinte|sagte|erzählt(?:e|en)?)\b",
    r"\b(?:hat|haben) mich .{0,25}(?:bewegt|berührt|beschäftigt|zum nachdenken)", r"\bdurch (?:ihr|dein|herrn|frau)", r"\bseit (?:mai|januar|dem|der|ihr)", r"\bwohne[n]?\b", r"\bnachbar",
    r"^\W*(?:über|durch|through|via) (?:de[nmrs]|die|das|ein|ihr|the|a|an|your|our|my|mutual)\b", r"\bstand (?:ein|etwas|ihr|was)\b",
    r"\b(?:heard|read|saw|watched|found|met) (?:you|your|about you|of you)\b", r"\b(?:sat|stood) (?:next to|behind|near|beside) you", r"\bwas (?:at|in) your", r"\b(?:passed on|gave me|mentioned|recommended|suggested|told me|says? (?:you|that you)|said (?:you|i|that))\b", r"\byou (?:told|said|wrote|gave|translated|built|spoke|talked|showed)\b",
)  # fmt: skip
"""How the two came together: read, heard, sat beside, sent by somebody."""

ROLE: Final = _any(
    r"\b(?:ich )?bin (?:seit|auch|selbst|die|der|ein\w{0,2}|[a-zäöü]+(?:in|er|ist|ent|ant|eur)\b)", r"\b(?:ich )?arbeite\b", r"\b(?:ich )?(?:leite|führe|unterrichte|studiere|betreibe|betreue|pflege)\b", r"\bvon beruf\b", r"\bim ruhestand|\bin rente",
    r"\bi(?:'m| am) (?:a|an|the|one|in|from|\w+,? (?:i|a|the|and))\b", r"\bi (?:work|run|teach|study|lead|own|manage|look after|repair|build)\b", r"\bused to work\b", r"\bby (?:trade|profession)\b", r"\bmy (?:job|work) is\b",
)  # fmt: skip
"""Says who is writing."""

PERSON: Final = _any(
    r"^\W*(?:(?:just|nur|bloß|ein\w{0,2}|an?|the|die|der|retired|former|pensionierte\w?|ehemalige\w?|gelernte\w?|selbstständige\w?|freie\w?)\s+){0,3}"
    r"(?:[a-zäöüß]{3,20}(?:in|er|ist|ent|eur|ant|wart|arzt|ärztin|frau|mann|kraft)|[a-z]{2,14}(?:er|or|ist|ian|wife|man|woman|nurse|student|clerk|keeper))\b(?=\s*[.,;]|\s+(?:im?|an?|am|bei|beim|aus|vo[nm]|der|des|und|of|at|in|from|for|on|and|with)\b|$)",
)  # fmt: skip
"""Names a calling without a verb: "Kassenwartin im Nachbarverein", "just the driver of the 47"."""

GIVES: Final = _any(
    r"\b(?:wir|ich) (?:zahle[n]?|biete[n]?|übernehme[n]?|schenke[n]?|vergüte[n]?)\b", r"\b(?:sie|du|ihr) (?:bekomm|erhalt|erhält|behalt|behält|krieg)\w{0,4}\b", r"\bhonorar\b", r"\bdafür (?:gibt|bekomm|helfe|mache)",
    r"\b(?:we|i|we'll|i'll) (?:can |could |will |would )?(?:pay|offer|cover|give you)\b", r"\byou(?:'d|'ll| would| will)? (?:get|keep|receive)\b", r"\bfees?\b", r"\bin return\b", r"\b(?:vorschuss|gage|provision|anteil|tantiemen|aufwandsentschädigung|bezahlt)\b", r"\b(?:quid|pounds|euros?|dollars|franken|royalt\w+|advance|paid)\b",
)  # fmt: skip
"""Says what the owner would get."""

YOU: Final = _any(
    r"\b(?:ihr|ihre[mnrs]?|ihnen|dein|deine[mnrs]?|dir|dich|euch|eure?[mnrs]?)\b",
    r"\b(?:haben|hatten|sind|waren|suchen|kennen|wissen|können|konnten) Sie\b|\bSie (?:haben|hatten|sind|waren|suchen|kennen|schrieben|sagten)\b|\bdu (?:hast|bist|warst)\b",
    r"\byour?s?\b",
)  # fmt: skip

CLAUSE: Final = re.compile(
    r"[;:]\s|\s[–—-]\s|,\s(?=(?:und|aber|denn|ich|wir|sie|er|es|man|ist|hat|and|but|so|i|we|he|she|they|it|you|is|the \w+ (?:wants?|is|has))\b)"
    r"|\s(?=(?:und|and)\s(?:wir|ich|sie|er|es|hat|haben|ist|sind|ihr|uns|mir|we|i|he|she|they|it|you|broke|our|my|has|said|is)\b)",
    re.IGNORECASE,
)
SIGNED: Final = re.compile(
    r"^[ \t]*(?:(?:mit )?(?:viele|liebe|beste|herzliche|freundliche[nm]?|schöne)\s+gr(?:ü|ue)(?:ß|ss)|(?:kind |best |warm )?regards\b|cheers\b|lg\b|vg\b|mfg\b)",
    re.IGNORECASE | re.MULTILINE,
)
ASKS_FOR: Final[Mapping[Question, re.Pattern[str]]] = {
    Question.SUBSTANCE: _any(
        r"\bworum\b", r"\bum was\b", r"\bwas genau\b", r"\bwas (?:möchten|wollen|wünschen|brauchen|möchtest|willst) (?:sie|du)", r"\bwie stell(?:en|st) (?:sie|du)", r"\bum welche", r"\bwozu\b", r"\bwas (?:haben sie|hast du) (?:genau )?vor",
        r"\bwhat(?: exactly)?(?: is| are|'s)? .{0,30}\babout\b", r"\bwhat exactly\b", r"\bwhat (?:do|would) you (?:want|need|like|have in mind)", r"\bhow exactly\b", r"\bwhich \w+ is (?:it|this)\b", r"\bwhat for\b",
    ),
    Question.OCCASION: _any(
        r"\bwie (?:sind|bist|kommen|kommst) (?:sie|du) .{0,12}(?:auf mich|darauf|dazu)", r"\bwas (?:hat|führt|bringt) (?:sie|dich)\b",
        r"\bwhat (?:made|gave|brought|brings|led|prompted) you\b", r"\bhow did you (?:find|come|hear|get)\b",
    ),
    Question.WHY_ME: _any(
        r"\b(?:warum|weshalb|wieso) (?:gerade |ausgerechnet )?(?:an )?(?:ich|mich|mir)\b", r"\b(?:warum|weshalb|wieso) (?:wenden|wendest|schreiben|schreibst|fragen|fragst) (?:sie|du)",
        r"\bwhy (?:me|are you writing to me|did you (?:write|contact|choose|pick)|do you (?:turn|write))\b",
    ),
    Question.WHO: _any(
        r"\bwer (?:sie|du|sind|bist|ist|schreibt)\b", r"\bwas (?:sie|du) (?:machen|machst|tun|tust)\b",
        r"\bwho (?:are you|you are|is (?:this|writing))\b", r"\bwhat you do\b", r"\bintroduce yourself\b",
    ),
    Question.BENEFIT: _any(
        r"\bwas .{0,25}davon\b", r"\bwas (?:habe|hätte) ich\b", r"\b(?:get out of it|in it for (?:me|us)|what would (?:i|we)(?: both)? (?:get|gain))\b",
    ),
}  # fmt: skip
"""What the owner's own letter asks."""

ASKS_ANYTHING: Final = _any(
    r"\b(?:warum|wieso|weshalb|inwiefern|why)\b", r"\bund zwar\b", r"\bmehr (?:dazu|darüber)\b", r"\b(?:tell|write) me (?:a little )?more\b", r"\ba little more\b",
)  # fmt: skip
"""Asks, without saying which of the five."""

BIDS: Final = _any(
    r"\?", r"\b(?:schreiben|sagen|erzählen|verraten) sie mir\b", r"\b(?:schreib|sag|erzähl|verrate) mir\b", r"\b(?:please )?(?:tell|write) me\b", r"\blet me know\b",
)  # fmt: skip
"""The sentence wants an answer."""

_GENERIC_DE: Final = """
    austausch ausgetauscht kontakt gespräch sprech gesproch telefon telefonat anruf anrufen rufen mail nachricht antwort rückmeldung
    frage fragen profil netzwerk vernetz synergi anknüpf berührungspunkt augenhöhe zusammenarbeit kooperation möglichkeit chance potenzial
    mehrwert idee thema themen sache anliegen interess spannend inspir impuls kennenlern kennenzulern treffen kaffee termin kalender woche
    montag dienstag mittwoch donnerstag freitag samstag sonntag minut stund zeit mensch leute leben welt zukunft gedanke
    vertrau persönlich kurz freu dank gruß grüße bitte schnell wert profit gemeinsam gegenseit offen locker unverbindlich ungezwungen agenda
    ergib ergeb ergäb überzeug glaub denk gedacht weiß wissen schreib geschrieb erzähl erklär besprech klär reden melde melden hör sagen wichtig richtig
    lohn verspr einfach natürlich sicher ehrlich offensicht erweiter weiterbring voranbring beweg unternehm firma firmen kunde umsatz
    erfolg lösung system ganzheit markt sichtbar angebot kostenlos garantiert strategie plätze bewährt wachstum wachsen heben mehr
    eindruck sympath neugier tellerrand reise gefühl wellenlänge spür begegn stimm herz energie vibe prozess optimier konzentrier kerngeschäft komplett
    einzigartig besondere bereu vertraulich dauert nachfrage müss soll wollt würd könn
    passt gute guter gutes echt bringt lern schätz völlig ausgesprochen besonder allgemein heutig beruflich privat verbind verbund
    rede melden freuen rückruf weitere alles nächst unbedingt seitdem gerade lieber bald versteh verstand offenbar immer jederzeit ruhe
"""
_GENERIC_EN: Final = """
    exchange contact connect connection conversation chat call phone talk speak mail message reply answer respon question profile network
    synerg opportunit potential value valuable idea topic thing matter interest exciting inspir impulse meet meeting coffee calendar slot link week
    monday tuesday wednesday thursday friday saturday sunday minute hour time people person mind life world future thought path journey
    trust personal quick brief short thank regard wishes please hope mutual beneficial together share explor collaborat partner relationship
    believe think know write wrote explain tell discuss important really truly honour honor appreciate great love would could like just formal rather
    company companies business client customer revenue success solution system platform market demo free proven scale growth guarantee spot
    opportunities leader leaders minded win situation convinced strongly power always looking position typically follow following mention
    unique chance leverage ecosystem unlock stream thrill partner vital subject mainly especially seem someone brilliant smart mind surround worth
    honest simple friend special sensitive confidential promise later best thing unexpected encounter lead leads where specific nothing take long
    agenda goes pick new understand totally sorry happy hear forward back quickly impressive background align moving everything
    anything something work works enjoy curious catch touch reach outreach soon day today tomorrow good nice course
"""
GENERIC: Final[Mapping[str, tuple[str, ...]]] = {
    "de": tuple(_GENERIC_DE.split()),
    "en": tuple(_GENERIC_EN.split()),
}
"""Beginnings of words with which anybody asks anybody for anything."""
