import type { FamilySamples } from './samples.ts';

export const INSTALLATION_SAMPLES = {
  'pip-install-failure': {
    samples: [
      'ERROR: Could not find a version that satisfies the requirement torch==9.9 (from versions: 2.0.0, 2.1.0)\nERROR: No matching distribution found for torch==9.9',
      {
        status: 'Failed',
        failure_reason:
          'AlgorithmError: InstallRequirementsError:\nExitCode 1\nErrorMessage ""\nCommand "/opt/conda/bin/python3.10 -m pip install -r requirements.txt", exit code: 1',
      },
      "ERROR: Invalid requirement: 'pandas=1.5' (from line 3 of requirements.txt)",
      'error: metadata-generation-failed',
    ],
    nearMisses: [
      "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. This behaviour is the source of the following dependency conflicts.\nValueError: could not convert string to float: 'abc'",
    ],
  },
  'model-download-failure': {
    samples: [
      'requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://huggingface.co/meta-llama/Llama-3.1-8B/resolve/main/config.json',
      "OSError: bert-base-uncasedd is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
      "OSError: [E050] Can't find model 'en_core_web_lg'. It doesn't seem to be a Python package or a valid path to a data directory.",
    ],
    nearMisses: ["FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/model/config.json'"],
  },
} satisfies FamilySamples;
