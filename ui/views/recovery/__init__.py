"""The recovery kit on screen: made, handed out, tried, and coming in with three sheets."""
