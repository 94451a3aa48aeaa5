"""How the index document lies in a tantivy index: the kind of each field, and that nothing is analysed."""

from functools import cache

import tantivy

#: Whole numbers: the key, what orders lists, the version.
NUMBERS = ("key", "newest", "oldest", "seq")
#: Day ordinals; a document may lack them.
DAYS = ("starts", "ends")
#: Whole values that are counted.
FACETED = ("type", "city", "topic", "year")
#: Whole values that are only looked up.
WHOLE = ("uid", "exact")
#: Tokens with frequencies and lengths, for scores.
SCORED = (
    *("title_zh", "title_en", "names", "summary_zh", "summary_en", "body_zh", "body_en", "data", "files"),
    "near",
)

_TOKENS = "tokens"


@cache
def schema() -> tantivy.Schema:
    """The fields of the index document. An index made with other ones cannot be opened."""
    builder = tantivy.SchemaBuilder()
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in DAYS:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("recency", fast=True)
    for name in FACETED:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in WHOLE:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("all", tokenizer_name=_TOKENS, index_option="basic")
    builder.add_text_field("run", tokenizer_name=_TOKENS, index_option="position")
    for name in SCORED:
        builder.add_text_field(name, tokenizer_name=_TOKENS, index_option="freq")
    return builder.build()


def opened(path: str) -> tantivy.Index:
    """The index in a folder; a new one where the folder is empty. Raises ValueError where it has other fields.

    It is reloaded only on request: tantivy's own watching is a thread, which a forked process would not have.
    """
    index = tantivy.Index(schema(), path)
    index.register_tokenizer(_TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    index.reload()
    return index
