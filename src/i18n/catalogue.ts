/** One part of a catalogue in another language: a text for each id of the English part, no more and no fewer. */
export type Translation<Part> = { readonly [Id in keyof Part]: string };
