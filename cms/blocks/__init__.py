"""StreamField blocks. Every block holds both languages, and knows how to become a part of a document and how to be made
from one.

- `base`: the two directions and the bilingual texts
- `media`: pictures and files
- `lists`: people, quantities, objects and the like
- `body`: the parts of a record's body
"""
