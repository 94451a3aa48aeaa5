"""Programs that send and read cases: their tokens, and what they may ask for at a time."""

from portal.settings.env import number

MODULE_BODY_MAX_BYTES = number("MODULE_BODY_MAX_BYTES", 1_000_000)
MODULE_FEED_WAITERS = number("MODULE_FEED_WAITERS", 4)

OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    # A server of client credentials alone: no person signs in here, so there is no other grant.
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "portal.api.v1.cases.tokens.ModuleValidator",
    "SCOPES_BACKEND_CLASS": "portal.api.v1.cases.scopes.ModuleScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": number("MODULE_TOKEN_SECONDS", 900),
    # Of a token only its SHA-256 is stored.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}
