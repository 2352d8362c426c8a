"""Events, mailings, hosted meetings and rounds of wishes, with the pages of those who take part."""
