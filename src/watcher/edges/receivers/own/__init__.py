"""Services of our own, as apprise has its: one in each module, named as its scheme. `services.py` loads the folder."""
