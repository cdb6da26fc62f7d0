"""Several processes behind a balancer: whatever answers next, it is one Heed. Nothing here may lean on which it was."""
