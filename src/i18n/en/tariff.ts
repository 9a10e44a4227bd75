/** Words of the money lines of a sale, shown on the screen and on paper. */
export const tariff = {
  'line.energy': 'Energy',
} as const;
