declare const brand: unique symbol;

/** A string that may not be mixed up with another kind of string: mixing two ids would cancel the wrong order. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
