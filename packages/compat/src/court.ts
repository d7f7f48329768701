import { answerTo, post, type Judged, type Question, type Request } from './confirm.js';
import type { Dialect } from './dialect.js';
import type { DirectionName } from './findings/finding.js';
import { canonical, type Json } from './json.js';
import type { Sides } from './proof.js';
import { Splitter, type Group, type Task } from './tasks.js';

/** Where the answer to a question is found. */
interface Asked {
  readonly request: number;
  readonly index: number;
}

interface Side {
  readonly dialect: Dialect;
  readonly splitter: Splitter;
}

/** What decides whether a document is valid on one side. */
type Hearing = Asked | { readonly rule: Group['rule']; readonly parts: readonly Hearing[] };

/** One bit per validator. */
const both = 3;

/** The two validators, each question put to them once. */
export class Court {
  readonly #sides: readonly Side[];
  readonly #hearings = new Map<string, readonly Hearing[]>();
  readonly #asked = new Map<string, Asked>();
  readonly #requests: Request[] = [];
  #apart = true;
  error: string | undefined;

  constructor({ old, new: next, dialects }: Sides) {
    const [before, after] = dialects;
    this.#sides = [
      { dialect: before, splitter: new Splitter(old, before) },
      { dialect: after, splitter: new Splitter(next, after) },
    ];
  }

  /** Has the documents judged, without waiting for it. */
  ask(documents: readonly Json[]): void {
    const schemas = new Map<string, number>();
    const judged: Judged[] = [];
    const questions: Question[] = [];
    const ask = (text: string, dialect: Dialect, value: Json): Asked => {
      const schema = `${dialect}\n${text}`;
      const key = `${schema}\n${JSON.stringify(value)}`;
      const known = this.#asked.get(key);
      if (known !== undefined) return known;
      const at = schemas.get(schema) ?? judged.push({ text, dialect }) - 1;
      schemas.set(schema, at);
      const asked = { request: this.#requests.length, index: questions.push([at, value]) - 1 };
      this.#asked.set(key, asked);
      return asked;
    };
    const hear = (task: Task, dialect: Dialect): Hearing =>
      'text' in task
        ? ask(task.text, dialect, task.value)
        : { rule: task.rule, parts: task.tasks.map((part) => hear(part, dialect)) };
    for (const document of documents) {
      const key = canonical(document);
      if (this.#hearings.has(key)) continue;
      const hearing = this.#sides.map(({ dialect, splitter }) => hear(splitter.task(document, this.#apart), dialect));
      this.#hearings.set(key, hearing);
    }
    if (questions.length > 0) this.#requests.push(post(judged, questions));
  }

  /** Whether both validators accept the document under the one schema and refuse it under the other. */
  confirms(document: Json, direction: DirectionName): boolean {
    this.ask([document]);
    const verdicts = this.#hearings.get(canonical(document))?.map((hearing) => this.#verdict(hearing)) ?? [];
    const error = verdicts.find((verdict) => typeof verdict === 'string');
    if (error !== undefined && this.#apart) {
      this.#startAnew();
      return this.confirms(document, direction);
    }
    if (typeof error === 'string') this.error = error;
    const [valid, invalid] = direction === 'backward' ? verdicts : verdicts.toReversed();
    return valid === both && invalid === 0;
  }

  /** The validators that find it valid, or why that cannot be told. */
  #verdict(hearing: Hearing): number | string {
    if ('parts' in hearing) return this.#combined(hearing.rule, hearing.parts);
    const asked = this.#requests[hearing.request];
    const answer = asked === undefined ? 'the validators were not asked' : answerTo(asked);
    if (typeof answer === 'string') return answer;
    return answer[hearing.index] ?? 0;
  }

  #combined(rule: Group['rule'], parts: readonly Hearing[]): number | string {
    let [all, any, twice] = [both, 0, 0];
    for (const part of parts) {
      const verdict = this.#verdict(part);
      if (typeof verdict === 'string') return verdict;
      all &= verdict;
      twice |= any & verdict;
      any |= verdict;
    }
    return rule === 'all' ? all : rule === 'any' ? any : any & ~twice;
  }

  /** What the validators do not take in parts they may take whole. */
  #startAnew(): void {
    this.#apart = false;
    this.#hearings.clear();
    this.#asked.clear();
  }
}
