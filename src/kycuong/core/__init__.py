"""LAW: calendar, time limits, lifecycles; standard library only, no clock, no database."""
