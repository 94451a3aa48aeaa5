"""Personal data of cases: kept encrypted (`storing`), read with an audit row (`reading`), erased in time (`erasing`).

What leaves the tables is wrapped (`wrapped.Personal`) and says nothing of itself until it is asked to.
"""
