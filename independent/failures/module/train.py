import json

import lightgbm

print(json.dumps({"lightgbm": lightgbm.__version__}))
