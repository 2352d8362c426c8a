"""How the owner runs the house: settings, mailboxes, rules, programs, journal, time, the first evening."""
