/** Data access: routes, addresses, isolation, credentials. */
import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { textOf } from '../exception.ts';
import { type Rule, says } from '../rule.ts';

const isIsolated = ({ evidence }: Circumstances) => evidence.request.networkIsolation === true;
const isOpen = ({ evidence }: Circumstances) => evidence.request.networkIsolation !== true;
const inVpc = (circumstances: Circumstances) => isOpen(circumstances) && circumstances.evidence.request.inVpc === true;

const NO_CONNECTION =
  /Max retries exceeded|NewConnectionError|Failed to establish a new connection|ConnectTimeout|Connection (?:timed out|refused)|Network is unreachable|No route to host|Temporary failure in name resolution|Name or service not known|Could not (?:resolve|connect)|could not (?:resolve host|connect to server)|Can't connect to MySQL|getaddrinfo failed|urlopen error|Unable to (?:access|connect)|Connect timeout on endpoint|EndpointConnectionError/i;
const PUBLIC =
  /pypi|pythonhosted|\/simple\/|huggingface\.co|hf\.co|github(?:usercontent)?\.com|pytorch\.org|conda|storage\.googleapis|nltk|tfhub|kaggle|wandb\.ai|docker\.io|cran\.|index url|nvidia\.com|pip\._vendor|dl\.fbaipublicfiles|openaipublic/i;
const S3_ENDPOINT = /s3[.-][\w.-]*amazonaws\.com|endpoint URL: "https:\/\/[^"]*s3/i;
const both = (first: RegExp, second: RegExp) =>
  new RegExp(`^(?=[\\s\\S]*?(?:${first.source}))[\\s\\S]*?(?:${second.source})`, 'i');

/** A traceback that breaks off inside a client library, in a container that may call nobody. */
function isolatedCall(circumstances: Circumstances): Proof | undefined {
  if (!isIsolated(circumstances)) return undefined;
  const call = circumstances.exceptions.findLast(
    (one) =>
      one.frames.some(({ file }) =>
        /botocore|boto3|urllib3|requests\/|huggingface_hub|http\/client|s3fs|socket\.py/.test(file),
      ) || NO_CONNECTION.test(textOf(one)),
  );
  if (!call) return undefined;
  const codes = call.frames.filter(({ file }) => !/botocore|boto3|urllib3/.test(file)).map(({ code }) => code);
  const quote = call.type === '' ? codes.slice(-3).join('\n') : textOf(call);
  return { source: call.type === '' ? 'failure-reason' : 'log', quote: quote.slice(-400) };
}

export const NETWORK_RULES: readonly Rule[] = [
  {
    label: 'network-isolation',
    title: 'Network isolation is on, and the container tried to call out',
    retryable: false,
    signs: [
      { holds: isolatedCall, strength: 0.95 },
      says(0.94, NO_CONNECTION, { when: isIsolated }),
      says(
        0.93,
        /network.?isolation.{0,80}(?:cannot|can't|not (?:allowed|able|possible|supported)|block|prevent|no (?:network|internet|outbound))|(?:cannot|unable|not allowed|blocked).{0,80}network.?isolation/i,
      ),
    ],
    remedy: () => [
      'network-isolation: false, or give everything the program needs as a channel or in the image: an isolated container cannot call anything, Amazon S3 included.',
    ],
  },
  {
    label: 'vpc-no-s3-route',
    title: 'The subnets of the job have no route to Amazon S3',
    retryable: false,
    signs: [
      says(0.97, /route to an S3 VPC endpoint|S3 VPC endpoint or a NAT/),
      says(0.93, both(S3_ENDPOINT, NO_CONNECTION), { when: inVpc }),
      says(0.86, both(S3_ENDPOINT, NO_CONNECTION), { when: isOpen }),
    ],
    remedy: ({ request }) => [
      `Create a gateway endpoint for com.amazonaws.${request.region ?? 'REGION'}.s3 and associate it with the route tables of the job's subnets (it costs nothing); or give the subnets a NAT gateway.`,
      'The security group and the network ACL must allow outbound HTTPS to the prefix list of Amazon S3.',
    ],
  },
  {
    label: 'vpc-no-internet',
    title: 'The container has no route to the internet (package index, model hub, GitHub)',
    retryable: false,
    signs: [
      says(0.95, both(PUBLIC, NO_CONNECTION), { when: inVpc, evenInWarnings: true }),
      says(0.94, /Retrying \(Retry\(total=\d.*connection broken by '(?:NewConnectionError|ConnectTimeoutError)/, {
        when: isOpen,
        evenInWarnings: true,
      }),
      says(0.87, both(/pypi|pythonhosted|\/simple\/|conda/, NO_CONNECTION), { when: isOpen }),
      says(
        0.93,
        /couldn't connect to 'https:\/\/huggingface|Cannot reach https?:\/\/huggingface|LocalEntryNotFoundError|offline mode is enabled/i,
        { when: inVpc },
      ),
      says(0.8, both(/huggingface\.co|github(?:usercontent)?\.com|pytorch\.org|storage\.googleapis/, NO_CONNECTION), {
        when: isOpen,
        unless: /40[134]|gated/,
      }),
    ],
    remedy: () => [
      'Give the private subnets a NAT gateway, or install at build time: put the packages and models into the image, or pass them as a channel.',
      'In a VPC only: endpoints for Amazon S3 (gateway) and a mirror such as AWS CodeArtifact do without the internet.',
    ],
  },
  {
    label: 'network-unreachable',
    title: 'An address the program needs cannot be reached',
    retryable: true,
    signs: [
      says(
        0.86,
        /Name or service not known|Temporary failure in name resolution|Network is unreachable|No route to host|Max retries exceeded|could not connect to server|Can't connect to MySQL|Could not connect to the endpoint URL|could not translate host name|ConnectTimeoutError|ServerSelectionTimeoutError|wandb\.(?:sdk\.lib\.retry|errors\S*)\.(?:CommError|TransientError)|Run initialization has timed out|AWS Error NETWORK_CONNECTION during|Error \d+ connecting to|nodename nor servname/i,
        { when: isOpen, unless: /algo-\d/ },
      ),
      says(
        0.8,
        /\[Errno 11[013]\]|Connection (?:refused|timed out)|ReadTimeoutError|urlopen error|ConnectionRefusedError|ECONNREFUSED|ETIMEDOUT/i,
        { when: isOpen, in: ['exception', 'reason'], unless: /algo-\d|mount|file system/i },
      ),
    ],
    remedy: ({ text }) => [
      `Check from the subnets of the job that ${/(?:host=|https?:\/\/)['"]?([\w.-]+)/.exec(text)?.[1] ?? 'the address'} resolves and answers: route table, security groups of both sides, name resolution of the VPC.`,
      'A service in your network (database, MLflow) is reachable only from a job in its VPC: set subnets and security-groups.',
    ],
  },
  {
    label: 'no-credentials',
    title: 'No AWS credentials were found',
    retryable: false,
    signs: [
      says(
        0.95,
        /Unable to locate credentials|NoCredentialsError|PartialCredentials|CredentialRetrievalError|Could not load credentials from any providers|Unable to load AWS credentials|NoAuthHandlerFound|Error when retrieving credentials|No AWS Credentials|no credential providers|CredentialsProviderError|Missing credentials in config|NoCredentialProviders/i,
      ),
      says(
        0.86,
        /The security token included in the request is invalid|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId/,
      ),
    ],
    remedy: () => [
      'In the container, use the default credentials of the SDK: the execution role comes through AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, which must not be overwritten or lost by sudo, su or `env -i`.',
      'On the client: set role-to-assume with `permissions: id-token: write`, or give credentials in the environment.',
    ],
  },
];
