"""Names in every spelling: clean, fold, given names, compare, mentions. Pure text, no database, no window.

from app.names import similarity, search_key, find_mentions
"""

from app.names.compare import SAME_NAME, similarity
from app.names.fold import search_key
from app.names.mentions import Mention, Rule, find_mentions

__all__ = ["SAME_NAME", "Mention", "Rule", "find_mentions", "search_key", "similarity"]
