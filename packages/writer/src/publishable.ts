import type { Percentage } from '@hedge-telemetry/contract';

/**
 * A state document as a caller may give it: every number also as a bigint, a Date, percentPoints() or fraction(); every
 * free text also as a Date or a bigint; arrays read-only; optional keys also undefined. What the writer fills in may be
 * left out: the schema tag and the fields it derives.
 */
export type Publishable<T> = Root<T, 'schema' | 'dd_frac' | 'daily_loss_frac'>;

/** A ledger record as a caller may give it: as {@link Publishable}, and without `ts` it is stamped with the current time. */
export type Appendable<T> = Root<T, 'schema' | 'ts'>;

/** The fields whose type is OrderId, which also take an integer that is a safe number. */
type OrderIdKey = 'order_id' | 'orderId';

type Root<T, Filled extends PropertyKey> = T extends readonly unknown[]
  ? Given<T>
  : {
      readonly [K in keyof T as K extends Filled ? never : K]: Property<T, K>;
    } & {
      readonly [K in keyof T as K extends Filled ? K : never]?: Given<T[K], K> | undefined;
    };

type Property<T, K extends keyof T> = object extends Pick<T, K> ? Given<T[K], K> | undefined : Given<T[K], K>;

type Given<T, Key = never> = unknown extends T
  ? unknown
  : T extends string
    ? Text<T, Key>
    : T extends number
      ? Numeric<T>
      : T extends readonly (infer Item)[]
        ? readonly Given<Item, Key>[]
        : T extends object
          ? { readonly [K in keyof T]: Property<T, K> }
          : T;

type Text<T extends string, Key> = string extends T ? T | Date | bigint | (Key extends OrderIdKey ? number : never) : T;

type Numeric<T extends number> = number extends T ? T | bigint | Date | Percentage : T;
