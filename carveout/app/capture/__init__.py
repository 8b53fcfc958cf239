"""Recording a day while it happens: what a tap means, which buttons lie where, and the screen that is tapped."""
