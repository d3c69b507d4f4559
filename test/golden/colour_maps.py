"""Colours of Matplotlib's maps (CC0) at 52 places, as sRGB bytes. Written: python test/golden/colour_maps.py > test/golden/colour-maps.json"""

import json

from matplotlib import colormaps

places = list(range(0, 256, 5))
print(
    json.dumps(
        {
            "places": places,
            **{name: [[round(255 * c) for c in colormaps[name].colors[i]] for i in places] for name in ("viridis", "cividis", "magma")},
        }
    )
)
