"""The example mailbox that `anlass demo` screens: invented people, real shapes."""
