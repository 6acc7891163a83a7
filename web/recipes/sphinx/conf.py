project = "Recipes"
extensions = ["myst_parser"]
exclude_patterns = ["scenarios"]
html_js_files = [("https://why403.example/why403.js", {"type": "module"})]
html_extra_path = ["files"]
html_show_copyright = False
