"""How a referral is shown: plain values for the templates, from the coded part and the server's screening."""
