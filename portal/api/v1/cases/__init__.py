"""The API of case modules: other programs of the city send cases here, move them on, and follow what happens to them.

The one part of the API that is not public: every address but that of the kinds' problems wants an access token
(`tokens`), which is of one agency and may do what its scopes say (`scopes`). No answer may be stored on its way.
"""
