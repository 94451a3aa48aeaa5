"""Names of files as they are kept: without a path, without what hides or reorders what people read, not too long, and
with the extension of what the file is.
"""

import re
import unicodedata

from portal.cases.attachments.content_types import EXTENSIONS

#: Letters before the extension.
LONGEST = 100
_NAMELESS = "file"
#: What one system or another does not let stand in a name.
_REFUSED = re.compile(r'[<>:"|?*]')
#: Control and format characters (marks of direction among them), halves of surrogates, ends of lines and paragraphs.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
#: Extensions that say the same.
_OTHER_EXTENSIONS = {"image/jpeg": ("jpeg", "jfif"), "text/plain": ("text",)}


def cleaned(name: str, media_type: str) -> str:
    """The name under which a file of a media type is kept."""
    visible = "".join("" if unicodedata.category(each) in _UNSEEN else each for each in name[:1000])
    last = _REFUSED.sub("_", unicodedata.normalize("NFC", visible).replace("\\", "/").rpartition("/")[2])
    stem, _dot, extension = last.rpartition(".")
    known = (EXTENSIONS[media_type], *_OTHER_EXTENSIONS.get(media_type, ()))
    if not stem or extension.lower() not in known:
        # An extension that is not the content's is part of the name, and is seen as that.
        stem, extension = last, EXTENSIONS[media_type]
    stem = " ".join(stem.split()).strip(". ")[:LONGEST].strip(". ")
    return f"{stem or _NAMELESS}.{extension.lower()}"
