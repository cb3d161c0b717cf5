"""The network report: who is connected to whom, who stands between others, how the network changed."""
