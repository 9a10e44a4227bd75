/** The desk behind the counter: what is done there, apart from selling. */
export const desk = {
  'keys.desk': 'Desk',
  'desk.title': 'Desk',
  'desk.back': 'To the counter',
  'desk.tariffs.about': 'Read the prices, try an amount, read in a new list.',
  'desk.customersFile.about': 'Take a list of customers and meters from a file.',
  'customers.file.title': 'Customers from a file',
  'customers.file.path': 'Name of the CSV file, with its folder',
  'customers.file.hint':
    'The counter goes on selling meanwhile. Nothing is removed; the same file can be taken again.',
  'customers.file.begin': 'Take the file',
  'customers.file.stop': 'Stop',
  'customers.file.state.running': 'Taking {file}: {percent} %',
  'customers.file.state.done': '{file} is taken.',
  'customers.file.state.stopped': '{file} was stopped. What was taken stays.',
  'customers.file.state.failed': '{file} was not taken to its end.',
  'customers.file.counts': '{taken} lines taken, {refused} left out.',
  'customers.file.report': 'Which lines were left out, and why, is in',
} as const;
