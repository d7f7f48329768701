const HINT = /-----BEGIN |;base64,|ssh-|ecdsa-|sha(?:1|256|384|512)[-:=]/i;
const BLOCK =
  /-----BEGIN (?![A-Z0-9 ]{0,40}PRIVATE KEY)[A-Z0-9 ]{1,40}-----[A-Za-z0-9+/=\s\\]*(?:-----END [A-Z0-9 ]{1,40}-----)?/g;
const DATA = /;base64,[A-Za-z0-9+/_-]+={0,2}/g;
const PUBLIC_KEY =
  /\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-[a-z0-9-]{1,20}|sk-[a-z0-9@.-]{1,40}) AAAA[A-Za-z0-9+/]+={0,2}/g;
const DIGEST = /\bsha(?:1|256|384|512)[-:=](?:[A-Fa-f0-9]{40,128}|[A-Za-z0-9+/]{27,88}={0,2})(?![A-Za-z0-9+/])/gi;

/**
 * The text with what is public by its form blanked out, each character by a space: certificates and public keys, data
 * URIs, digests with their algorithm. What is left is judged by its surroundings.
 */
export function withoutPublicParts(text: string): string {
  if (!HINT.test(text)) return text;
  return [BLOCK, DATA, PUBLIC_KEY, DIGEST].reduce((left, pattern) => left.replace(pattern, blank), text);
}

function blank(part: string): string {
  return ' '.repeat(part.length);
}
