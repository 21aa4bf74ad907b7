"""How staff sign in: password, second factor, lock-out, and how long a session lasts."""
