/**
 * Secrets that are known by their look, wherever they stand. All sources are tried at the starts of words only, and none
 * holds an unbounded part that a later one could match as well: the time is linear in the text.
 */

/** By the documents of their makers; the comment names the maker where the prefix does not. */
const FORMATS: readonly string[] = [
  // AWS: access key ids (long-lived, temporary, of Bedrock), session tokens by the base64 of their first bytes, Bedrock API keys.
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])',
  '(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz)[A-Za-z0-9/+=]{60,}',
  '(?:ABSK[A-Za-z0-9+/]{80,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{40,})',
  // GitHub, of all kinds; an installation token may hold a JWT.
  'gh[opusr]_[A-Za-z0-9_]{20,}(?:\\.[A-Za-z0-9_-]{8,}){0,2}',
  'github_pat_[A-Za-z0-9_]{22,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{20,}',
  // Hugging Face, Weights & Biases, LangSmith, Replicate, Kaggle, Pinecone, Databricks.
  'hf_[A-Za-z]{30,}(?![A-Za-z_])',
  'hf_(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{30,}',
  'api_org_[A-Za-z0-9]{30,}',
  'wandb_v1_[A-Za-z0-9_]{30,}',
  'lsv2_(?:pt|sk)_[0-9a-f]{32}(?:_[0-9a-f]{8,})?',
  'r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])',
  'KGAT_[0-9a-f]{32}',
  'pcsk_[A-Za-z0-9_]{40,}',
  'dapi[0-9a-f]{32}(?:-\\d)?(?![A-Za-z0-9])',
  // OpenAI, Anthropic, OpenRouter and those who copied the form; Groq, Perplexity, xAI.
  'sk-(?:proj|svcacct|admin|None|or-v1|lf|ant-[a-z]{2,8}\\d{2})-[A-Za-z0-9_-]{20,}',
  'sk-[A-Za-z0-9]{32,}(?![A-Za-z0-9-])',
  'gsk_[A-Za-z0-9]{40,}',
  'pplx-[A-Za-z0-9]{40,}',
  'xai-[A-Za-z0-9]{60,}',
  // Slack: tokens of bots, users, apps, and addresses that anyone may post to.
  'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}',
  'x(?:app|wfp)-[A-Za-z0-9-]{10,}',
  'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}',
  'discord(?:app)?\\.com/api/webhooks/\\d{10,}/[A-Za-z0-9_-]{40,}',
  // Google: API keys, OAuth access tokens, client secrets.
  'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])',
  'ya29\\.[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{20,}',
  // JSON Web Tokens: two objects in base64url, and a signature.
  'eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*',
  // Neptune: JSON in base64 that begins with "api_address".
  'eyJhcGlfYWRkcmVzcyI[A-Za-z0-9+/_-]{20,}={0,2}',
  // Package registries: npm, PyPI, RubyGems, Docker Hub.
  'npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])',
  'pypi-AgE[A-Za-z0-9_-]{50,}',
  'rubygems_[0-9a-f]{48}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}',
  // Payments and mail: Stripe, Square, SendGrid, Mailgun, Mailchimp, Twilio.
  '[rs]k_(?:live|test)_[A-Za-z0-9]{20,}',
  'whsec_[A-Za-z0-9+/=]{24,}',
  'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}',
  'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}',
  'key-[0-9a-f]{32}(?![A-Za-z0-9])',
  '[0-9a-f]{32}-us\\d{1,2}(?![A-Za-z0-9])',
  'SK[0-9a-f]{32}(?![A-Za-z0-9])',
  // Clouds and tools: Azure, DigitalOcean, HashiCorp, Grafana, Sentry, New Relic, Shopify, Linear, Notion, Supabase, PlanetScale, Prefect, Doppler, Postman, Airtable, Telegram, age.
  '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])',
  'do[opr]_v1_[0-9a-f]{64}',
  'hv[sbr]\\.[A-Za-z0-9_-]{24,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{40,}',
  'gl(?:sa|c)_[A-Za-z0-9_=+/]{32,}',
  'sntry[su]_[A-Za-z0-9_=+/-]{40,}',
  'NRAK-[A-Z0-9]{27}',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  'lin_api_[A-Za-z0-9]{40}',
  'ntn_[A-Za-z0-9]{40,}',
  'sb[pq]_[0-9a-f]{40}',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_=.-]{30,}',
  'pn[ub]_[A-Za-z0-9]{36}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{40,}',
  'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
  'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}',
  '\\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
];

/** A hyphen before it makes it a part of a longer word: `task-…` holds no `sk-…`. */
export const TOKENS = new RegExp(`(?<![A-Za-z0-9_])(?<![A-Za-z]-)(?:${FORMATS.join('|')})`, 'g');
