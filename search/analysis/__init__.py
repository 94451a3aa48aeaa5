"""The portal's analysis of text: the same for what is indexed, what is asked and what is marked.

`folding` makes spellings of one text equal and knows where each character came from; `tokens` cuts folded text into Han
runs, words, numbers and dates (`dates`), and these into the tokens of the index (`stems` for English words); `marking`
finds what was asked for in the original text. Pure: nothing here knows engines or the database.
"""
