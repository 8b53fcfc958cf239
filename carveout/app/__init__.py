"""What one sees in the browser: Streamlit pages over the analysis. Nothing here computes a finding or a judgement.

`shell` frames every page (language, navigation, styles), `wording` reads the message catalogue, `sites` loads and keeps
results, `choosing` remembers what was chosen, `explaining` opens a mark or verdict; `views/` holds one page per file.
"""
