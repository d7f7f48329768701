/** Values that say something about a secret instead of being one. */
const STATUS: ReadonlySet<string> = new Set(
  (
    'none null nil undefined nan true false yes no on off ok valid invalid missing present absent set unset not loaded env ' +
    'environment required optional enabled disabled expired revoked rejected rotated active inactive unknown default primary ' +
    'secondary n/a na redacted hidden masked removed provided configured string str bytes text bool int object vault file ' +
    'keyring todo tbd changeme change_me replace_me replaceme placeholder example dummy empty self this'
  ).split(' '),
);

const MASKED =
  /\*{3}|•{2}|…|\.{3}|x{6}|X{6}|\[redacted|<redacted|\[filtered|\[masked|\(unset\)|\(redacted\)|\(hidden\)/i;
const REFERENCE =
  /^(?:\$\{?[A-Za-z_]\w*\}?|\$\([^)]*\)|\{\{[^}]*\}\}|\{\w+\}|%\w+%|<[\w .-]+>|process\.env\.\w+|os\.environ\b.*|os\.getenv\b.*|env:\w+|(?:arn:aws:(?:secretsmanager|ssm)|op|vault|sm|ssm|keyring|awssm|gcpsm):\S*|file:\/\S+|!\w+ \S+)$/;
const TEMPLATE =
  /^(?:your|my|the|insert|enter|put|paste|replace|some|test|fake|sample|example|dummy)[ _-](?:[a-z]+[ _-]){0,5}(?:key|secret|token|password|passphrase|value|id|here|me|this)$/i;
const SHOWN = 8;
const ONE_CHARACTER = /^(?:0x)?(.)\1+$/;

/** False for what is empty, masked, a status, a placeholder or a reference to where the secret is kept. */
export function maySecret(value: string): boolean {
  const text = value.trim();
  if (text.length <= 1 || ONE_CHARACTER.test(text) || /^[\W_]*$/.test(text.slice(0, 200))) return false;
  return !isStandIn(text) && !isStatus(text);
}

function isStatus(text: string): boolean {
  if (text.length > 24) return false;
  const word = text.replace(/^[(<[{]+|[)>\]}.!]+$/g, '').toLowerCase();
  return STATUS.has(word) || /^(?:not?|un|is|was|in|by|from|via|has) ?[a-z]+$/.test(word);
}

/** True for a mask, a placeholder or a reference such as `${NAME}`. */
export function isStandIn(text: string): boolean {
  if (text.length > 200) return false;
  return MASKED.test(text) || isReference(text) || text.endsWith('EXAMPLE');
}

/** True where a text as a whole says where a secret is kept, or what to put in. */
export function isReference(text: string): boolean {
  return text.length <= 200 && (REFERENCE.test(text) || TEMPLATE.test(text));
}

/** True for a placeholder or a reference, and for a mask that shows no more than eight characters of what it masks: what else holds the signs of a mask may be a password. */
export function isPlaceholder(text: string): boolean {
  if (!isStandIn(text)) return false;
  if (isReference(text) || text.endsWith('EXAMPLE')) return true;
  return (
    text.replace(/\*{2,}|•{2,}|…|\.{3}|x{6,}|[[<(](?:redacted|filtered|masked|unset|hidden)[^\])>]*[\])>]/gi, '')
      .length <= SHOWN
  );
}
