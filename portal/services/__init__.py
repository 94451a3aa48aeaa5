"""Citizens' forms and tracking: the only public room that knows cases."""
