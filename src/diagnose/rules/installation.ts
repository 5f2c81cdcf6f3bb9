/** Code errors: what is fetched before training. */
import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { type Rule, says } from '../rule.ts';

/** The toolkit names the step that failed; what pip said stands above it. */
function installFailed({ reason, exceptions, passages }: Circumstances): Proof | undefined {
  const said = passages.find(
    ({ kind, text, weight }) =>
      kind === 'line' && weight > 0.5 && /^(?:ERROR: (?!pip's dependency)|error: |E: )/.test(text),
  );
  const quote = said && {
    source: said.source,
    quote: said.text.slice(0, 400),
    ...(said.line ? { line: said.line } : {}),
  };
  if (/^Install(?:Requirements|Module)Error$/.test(reason?.toolkitType ?? ''))
    return quote ?? { source: 'failure-reason', quote: reason?.text.slice(0, 400) ?? '' };
  const step = exceptions.find(({ type }) => /Install(?:Requirements|Module)Error$/.test(type));
  return (
    step && (quote ?? { source: 'log', quote: `${step.type}: ${step.message}`.slice(0, 400), line: step.line.number })
  );
}

export const INSTALLATION_RULES: readonly Rule[] = [
  {
    label: 'pip-install-failure',
    title: 'Installing the requirements or the module failed',
    retryable: false,
    signs: [
      { holds: installFailed, strength: 0.945 },
      says(
        0.92,
        /^(?:"?\s*)?ERROR: (?:Could not find a version|No matching distribution|Cannot install|Could not build wheels|Failed building wheel|No \.egg-info|Could not open requirements file|Invalid requirement|Package .* requires a different Python|THESE PACKAGES DO NOT MATCH|Failed to build|Command errored out|Could not install packages|Exception:|Double requirement)|Could not find a version that satisfies|No matching distribution found|ResolutionImpossible|Invalid requirement: |metadata-generation-failed|subprocess-exited-with-error|PackagesNotFoundError|No solution found when resolving dependencies|requirements are unsatisfiable|version solving failed|SolverProblemError|LibMambaUnsatisfiableError|UnsatisfiableError|ResolvePackageNotFound/i,
      ),
      says(
        0.86,
        /error: command '?\S*(?:gcc|g\+\+|nvcc|cmake|ninja|x86_64-linux-gnu-gcc)\S*'? failed|python setup\.py \w+ did not run successfully|Failed building wheel for|E: Unable to locate package|legacy-install-failure|Could not build wheels for/i,
      ),
    ],
    remedy: ({ text }) => [
      /from versions: none|No matching|Could not find/.test(text)
        ? 'Check the name and version against the Python of the image (`docker run IMAGE pip index versions NAME`); `from versions: none` also means that the package index was not reached.'
        : 'Read the first ERROR of pip: the package it names needs a wheel for this Python, or build tools (Dockerfile: RUN apt-get install -y build-essential).',
      'Install at build time in the Dockerfile: it fails earlier, costs nothing, and every start is faster.',
    ],
  },
  {
    label: 'model-download-failure',
    title: 'A pretrained model or tokenizer cannot be downloaded',
    retryable: false,
    signs: [
      says(
        0.94,
        /\b(?:401|403|404) Client Error: .{0,60}for url: https:\/\/(?:huggingface\.co|hf\.co|cdn-lfs)|Cannot access gated repo|GatedRepoError|RepositoryNotFoundError|RevisionNotFoundError|EntryNotFoundError|is not a valid model identifier listed on|Access to model .* is restricted|You are trying to access a gated repo|Repository Not Found for url: https:\/\/huggingface/,
      ),
      says(
        0.9,
        /does not appear to have a file named|Can't load (?:tokenizer|the (?:model|configuration|tokenizer)|config(?:uration)?|weights|image processor|feature extractor|processor)|was not found in (?:tokenizers )?model name list|Can't find model '\w+'|Invalid (?:user )?token.{0,40}(?:hugging|hub)|HfHubHTTPError|Couldn't reach .{0,20}(?:on the Hub|huggingface)|Couldn't find (?:a dataset script|cache|any data file|'[^']+' on the Hugging)|DatasetNotFoundError|Please use the NLTK Downloader|No such (?:model|repo)/i,
      ),
      says(
        0.84,
        /couldn't connect to 'https:\/\/huggingface|Cannot reach https?:\/\/huggingface|LocalEntryNotFoundError|HTTP Error (?:40[134]|429|50\d).{0,80}|OfflineModeIsEnabled|cannot find the requested files in the (?:disk|local|cached?) ?(?:cache|path)|trying to locate the files? on the Hub|Error(?:s)? (?:while )?downloading .{0,60}(?:model|weights|checkpoint)|(?:failed|unable) to download .{0,60}(?:model|weights|tokenizer|pretrained)|invalid hash value/i,
        { in: ['exception', 'reason', 'line'] },
      ),
    ],
    remedy: ({ text }) => [
      ...(/40[13]|gated|restricted|private|token/i.test(text)
        ? [
            'Accept the licence of the model on its page, and pass a token that may read it as the environment variable HF_TOKEN (from a secret).',
          ]
        : ['Check the name of the model; a local directory must hold config.json and the weights.']),
      'Put the model into Amazon S3 and give it as a channel: from_pretrained("/opt/ml/input/data/model").',
    ],
  },
];
