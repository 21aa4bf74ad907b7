"""The project: it knows the apps and holds no rule."""
