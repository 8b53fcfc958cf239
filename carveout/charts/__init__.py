"""How people read a result as pictures: Plotly figures, each with a text equivalent. Nothing here knows of Streamlit.

`style` is the one visual language (colours, hatching, marks, words). `picture` lays a day out without drawing it,
`carve_out_map`, `load_chart` and `task_graph` draw, `in_words` tells the same in sentences and tables.
"""
