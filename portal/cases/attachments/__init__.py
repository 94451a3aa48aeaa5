"""Files of cases: typed by their content (`content_types`), encrypted in a directory of their own (`files`, `keeping`),
each brought by an event (`attaching`), read with an audit row (`reading`), erased with what else is personal
(`erasing`).
"""
