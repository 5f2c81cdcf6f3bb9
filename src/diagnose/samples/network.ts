import type { FamilySamples } from './samples.ts';

export const NETWORK_SAMPLES = {
  'network-isolation': {
    samples: [
      {
        status: 'Failed',
        request_facts: { network_isolation: true },
        log: 'urllib3.exceptions.NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution',
      },
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Container cannot access S3 because network isolation is enabled, downloads are not allowed',
      },
    ],
    nearMisses: [{ status: 'Failed', request_facts: { network_isolation: true }, log: "KeyError: 'price'" }],
  },
  'vpc-no-s3-route': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          "ClientError: Data download failed:Please ensure that the subnet's route table has a route to an S3 VPC endpoint or a NAT device",
      },
      {
        status: 'Failed',
        request_facts: { vpc: 'two private subnets' },
        log: 'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://corp-ml.s3.eu-west-1.amazonaws.com/train/a.csv"',
      },
    ],
    nearMisses: [
      'botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "https://sts.eu-west-1.amazonaws.com/"',
    ],
  },
  'vpc-no-internet': {
    samples: [
      {
        status: 'Failed',
        request_facts: { vpc: 'private' },
        log: "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno 101] Network is unreachable')': /simple/lightgbm/\nERROR: Could not find a version that satisfies the requirement lightgbm==4.3.0 (from versions: none)\nERROR: No matching distribution found for lightgbm==4.3.0",
      },
      {
        status: 'Failed',
        request_facts: { vpc: 'private' },
        log: "OSError: We couldn't connect to 'https://huggingface.co' to load this file, couldn't find it in the cached files",
      },
    ],
    nearMisses: [
      'ERROR: Could not find a version that satisfies the requirement torhc (from versions: none)',
      'requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://huggingface.co/meta/x/resolve/main/config.json',
    ],
  },
  'network-unreachable': {
    samples: [
      'psycopg2.OperationalError: could not connect to server: Connection timed out\n\tIs the server running on host "10.3.0.7" and accepting TCP/IP connections on port 5432?',
      "requests.exceptions.ConnectionError: HTTPConnectionPool(host='mlflow.corp.example', port=5000): Max retries exceeded with url: /api/2.0/mlflow/runs/create",
      'botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "https://secretsmanager.eu-west-1.amazonaws.com/"',
    ],
    nearMisses: [
      'TimeoutError: The client socket has timed out after 900s while trying to connect to (algo-1, 29500).',
    ],
  },
  'no-credentials': {
    samples: [
      'botocore.exceptions.NoCredentialsError: Unable to locate credentials',
      'botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from container-role: Error retrieving metadata: Received error when attempting to retrieve ECS metadata',
    ],
    nearMisses: [
      'botocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the DescribeTrainingJob operation: The security token included in the request is expired',
    ],
  },
} satisfies FamilySamples;
