import type { SecretKind } from '../kinds.js';
import type { Span } from '../span.js';
import { isStandIn } from '../names/secret-value.js';

/**
 * A format that is known by its look alone. `hint` must occur in the text before the pattern is tried; group 1, where
 * there is one, is the secret part. Every pattern starts at a literal and at the edge of a token, and has no
 * repetition inside a repetition, so that each is linear in the text.
 */
interface Format {
  readonly kind: SecretKind;
  readonly hints: readonly string[];
  readonly pattern: RegExp;
}

const format = (kind: SecretKind, hints: string, pattern: RegExp): Format => ({
  kind,
  hints: hints.split(' '),
  pattern,
});

/** The facts (prefixes, alphabets, lengths) are those of each vendor's public documentation, listed in the README. */
const FORMATS: readonly Format[] = [
  format('aws-key', 'AKIA ASIA ABIA ACCA', /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g),
  format('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,255}/g),
  format('github-token', 'github_pat_', /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{30,255}/g),
  format(
    'gitlab-token',
    'gl',
    /(?<![A-Za-z0-9])gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct)-[\w.-]{20,300}/g,
  ),
  format('package-token', 'npm_', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,255}/g),
  format('package-token', 'pypi-', /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,1000}/g),
  format('slack-token', 'xox', /(?<![A-Za-z0-9])xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}/g),
  format('slack-token', 'xapp-', /(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10,250}/g),
  format(
    'webhook',
    'hooks.slack.com/',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w{1,40}\/\w{1,40}\/([\w/]{8,120})/g,
  ),
  format('webhook', '/webhooks/', /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/([\w-]{20,120})/g),
  format('webhook', 'webhook.office.com/', /webhook\.office\.com\/webhookb2\/([\w@/-]{40,300})/g),
  format('webhook', 'hooks.zapier.com/', /hooks\.zapier\.com\/hooks\/catch\/\d{1,20}\/(\w{4,40})/g),
  format('discord-token', '.', /(?<![\w.-])[MNO][\w-]{23,27}\.[\w-]{6,7}\.[\w-]{27,45}(?![\w-])/g),
  format('telegram-token', ':', /(?<!\d)\d{8,10}:[\w-]{35}(?![\w-])/g),
  format('google-key', 'AIza', /(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/g),
  format('google-key', 'ya29.', /(?<![A-Za-z0-9])ya29\.[\w-]{20,2048}/g),
  format('google-key', 'GOCSPX-', /(?<![A-Za-z0-9])GOCSPX-[\w-]{20,40}/g),
  format('service-token', 'sk-', /(?<![A-Za-z0-9-])sk-(?:proj|svcacct|admin|ant|or|lf)-[\w-]{20,300}/g),
  format('service-token', 'sk-', /(?<![A-Za-z0-9-])sk-[A-Za-z0-9]{32,64}(?![\w-])/g),
  format('service-token', '_live_ _test_', /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}/g),
  format('service-token', 'whsec_', /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=_-]{20,200}/g),
  format('service-token', 'SG.', /(?<![A-Za-z0-9])SG\.[\w-]{16,32}\.[\w-]{16,64}/g),
  format('service-token', 'SK', /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g),
  format('service-token', 'key-', /(?<![A-Za-z0-9_-])key-[0-9a-f]{32}(?![A-Za-z0-9])/g),
  format('service-token', '-us', /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?!\w)/g),
  format('service-token', 'hf_', /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,60}/g),
  format('service-token', 'shp', /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g),
  format('service-token', 'sq0', /(?<![A-Za-z0-9])sq0(?:atp|csp)-[\w-]{22,50}/g),
  format('service-token', 'lin_api_', /(?<![A-Za-z0-9])lin_api_[A-Za-z0-9]{32,48}/g),
  format('service-token', 'PMAK-', /(?<![A-Za-z0-9])PMAK-[A-Za-z0-9]{24}-[A-Za-z0-9]{34}/g),
  format('service-token', 'NRAK-', /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}/g),
  format('service-token', 'glsa_ glc_', /(?<![A-Za-z0-9])(?:glsa|glc)_[A-Za-z0-9+/=_]{32,400}/g),
  format('service-token', 'sntrys_ sntryu_', /(?<![A-Za-z0-9])sntry[su]_[A-Za-z0-9+/=_-]{40,400}/g),
  format('service-token', 'dp.', /(?<![A-Za-z0-9])dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,80}/g),
  format('service-token', 'ATATT3 ATCTT3', /(?<![A-Za-z0-9])AT[AC]TT3[\w=-]{50,300}/g),
  format('service-token', 'pscale_', /(?<![A-Za-z0-9])pscale_(?:tkn|pw|oauth)_[\w.-]{30,80}/g),
  format('service-token', 'sbp_', /(?<![A-Za-z0-9])sbp_[a-f0-9]{40}/g),
  format('cloud-key', 'hvs. hvb. hvr.', /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,300}/g),
  format('cloud-key', '_v1_', /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/g),
  format('cloud-key', 'dapi', /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/g),
  format('cloud-key', 'HRKU-', /(?<![A-Za-z0-9])HRKU-[\w-]{36,70}/g),
  format('cloud-key', 'AccountKey= SharedAccessKey=', /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,100}={0,2})/g),
  format('private-key', 'AGE-SECRET-KEY-', /AGE-SECRET-KEY-1[A-Z0-9]{50,80}/g),
  format('private-key', 'prv', /(?<![A-Za-z0-9])[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{90,120}/g),
  format('exchange-key', 'bg_', /(?<![A-Za-z0-9])bg_[a-f0-9]{32}(?![A-Za-z0-9])/g),
  format('exchange-key', 'mx0', /(?<![A-Za-z0-9])mx0[A-Za-z0-9]{15,40}(?![A-Za-z0-9])/g),
  format('exchange-key', '/apiKeys/', /organizations\/[0-9a-f-]{36}\/apiKeys\/([0-9a-f-]{36})/g),
  format('listen-key', '/ws/ /stream', /wss:\/\/[\w.:-]{1,100}\/(?:ws|stream)\/([A-Za-z0-9]{40,100})(?![\w@-])/g),
  format('api-key', 'infura.io/', /infura\.io\/(?:ws\/)?v3\/([0-9a-f]{32})/g),
  format('api-key', 'alchemy.com/ alchemyapi.io/', /alchemy(?:\.com|api\.io)\/v2\/([\w-]{20,60})/g),
  format('api-key', 'quiknode.pro/', /quiknode\.pro\/([0-9a-f]{32,64})/g),
  format('jwt', 'eyJ', /(?<![\w.-])eyJ[\w-]{8,8192}\.[\w-]{4,8192}\.[\w-]{0,8192}(?:\.[\w-]{1,8192}){0,2}/g),
];

/** Any of the hints; one look at a text that holds none of them is all that it costs. */
const ANY_HINT = new RegExp(
  [...new Set(FORMATS.flatMap(({ hints }) => hints))].map((hint) => hint.replace(/[.+]/g, '\\$&')).join('|'),
);

const PAIRS = new Uint8Array(1 << 14);
for (const hint of FORMATS.flatMap(({ hints }) => hints).filter(({ length }) => length > 1))
  PAIRS[pair(hint.charCodeAt(0), hint.charCodeAt(1))] = 1;

/**
 * False only where no format with a hint of more than one character is in the text. The others need a run of more than
 * 16 letters, digits, `_` and `-` beside their mark.
 */
export function mayHoldFormat(text: string): boolean {
  for (let index = 1; index < text.length; index += 1)
    if (PAIRS[pair(text.charCodeAt(index - 1), text.charCodeAt(index))] === 1) return ANY_HINT.test(text);
  return false;
}

function pair(first: number, second: number): number {
  return ((first << 7) | second) & 0x3fff;
}

/** Finds every secret that is known by its format. */
export function detectFormats(text: string, spans: Span[]): void {
  if (!ANY_HINT.test(text)) return;
  for (const { kind, hints, pattern } of FORMATS) {
    if (!hints.some((hint) => text.includes(hint))) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const secret = match[1] ?? match[0];
      const start = match.index + (match[1] === undefined ? 0 : match[0].indexOf(secret));
      if (secret !== '' && !isStandIn(secret)) spans.push({ start, end: start + secret.length, kind });
      if (match[0] === '') pattern.lastIndex += 1;
    }
  }
}
