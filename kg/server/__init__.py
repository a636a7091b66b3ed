"""`kg serve`: SPARQL 1.1 Protocol, linked data and pages over a built graph.

The process that talks to clients never opens the store. Worker processes do, each on
a snapshot, and each can be killed: that is how limits of time and memory are kept.
"""
