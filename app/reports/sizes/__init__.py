"""Group sizes: public figures in which no small group can be found (statistical disclosure control). Pure."""
