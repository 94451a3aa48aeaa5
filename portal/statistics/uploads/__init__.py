"""Tables that come as files: CSV in UTF-8 or Big5, XLSX, ODS. They are read line by line; what is not what it seems is
refused with the place and the reason.
"""
