print("never comes so far")
