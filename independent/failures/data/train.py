import os

print(os.listdir("/opt/ml/input/data/train"))
