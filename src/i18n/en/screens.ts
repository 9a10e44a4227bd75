/** Words on the counter's screens. */
export const screens = {
  'app.name': 'Kioskwatt',
} as const;
