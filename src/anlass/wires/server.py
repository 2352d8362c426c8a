"""The settings of a server of several owners: its address, the proxy before it, how it sends mail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server for several people. Off while `address` is empty: then a key opens the pages."""

    address: str = ""
    """Where the pages are reached from outside (`https://anlass.example.org`): whoever comes logs in."""
    listen: str = "127.0.0.1"
    """The address of this machine that is listened on; leave it where a proxy on this machine does TLS."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks (`127.0.0.1`, `10.0.0.0/8`) of your own reverse proxies: they are believed when
    they say who called and whether by TLS. They hold for a public door on one's own machine too."""
    mail_from: str = ""
    """The address that codes and invitations come from."""
    mail_host: str = ""
    """The server that sends them."""
    mail_port: int = 465
    """Its port."""
    mail_security: str = "tls"
    """How the way there is shut: `tls`, `starttls`, or `none` on this machine alone."""
    mail_user: str = ""
    """The user name there; empty where none is asked for."""
    mail_password_variable: str = "ANLASS_SERVER_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
    """The environment variable that holds the password."""
    mail_password_file: str = ""
    """A file of mode 600 that holds it, instead of the variable; relative to the data folder."""
    oidc_name: str = ""
    """The name of a service that people may log in by (OpenID Connect); none is offered while it is empty."""
    oidc_issuer: str = ""
    """Its address (`https://login.example.org`)."""
    oidc_client: str = ""
    """The name this server has there."""
    oidc_secret_variable: str = "ANLASS_OIDC_SECRET"  # noqa: S105 - the name of a variable
    """The environment variable that holds its secret."""
    oidc_secret_file: str = ""
    """A file of mode 600 that holds it, instead of the variable; relative to the data folder."""

    @property
    def is_on(self) -> bool:
        """Tell whether this is a server that people log in to."""
        return bool(self.address)

    @property
    def has_tls(self) -> bool:
        """Tell whether its pages come by TLS alone."""
        return self.address.startswith("https://")


OFF = ServerSettings()
"""No server: one owner, on this machine."""
