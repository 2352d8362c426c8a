"""What a private Dovecot is told, for 2.3 and for 2.4, whose language is another one."""

from string import Template

COMMON = Template("""
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/dovecot.log
listen = 127.0.0.1
ssl = no
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
first_valid_uid = 1
first_valid_gid = 1
maildir_stat_dirs = no
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    auto = create
    special_use = "\\\\Drafts"
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
service managesieve-login {
  chroot =
  inet_listener sieve {
    port = $sieve
  }
}
""")

DOVECOT_23 = Template("""
protocols = imap lmtp sieve
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=$password
}
userdb {
  driver = static
  args = uid=$uid gid=$gid home=$folder/home/%u allow_all_users=yes
}
service lmtp {
  chroot =
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
protocol lmtp {
  postmaster_address = postmaster@anlass.example
  mail_plugins = sieve
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}
""")

DOVECOT_24 = Template("""
protocols {
  imap = yes
  lmtp = yes
  sieve = yes
}
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = ~/Maildir
passdb static {
  password = $password
}
userdb static {
  allow_all_users = yes
  fields {
    uid = $uid
    gid = $gid
    home = $folder/home/%{user}
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {
    listen = 127.0.0.1
    port = $lmtp
  }
}
protocol lmtp {
  postmaster_address = postmaster@anlass.example
  mail_plugins {
    sieve = yes
  }
}
sieve_script personal {
  path = ~/sieve
  active_path = ~/.dovecot.sieve
}
""")


def dovecot_conf(version: tuple[int, int], values: dict[str, object]) -> str:
    """Return the configuration of a Dovecot of this `version`, filled with `values`."""
    head = "" if version < (2, 4) else "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
    own = DOVECOT_23 if version < (2, 4) else DOVECOT_24
    return head + COMMON.substitute(values) + own.substitute(values)
