export const customers = {
  'error.card-damaged.cashier':
    'O cartão não foi lido por inteiro. Passe-o outra vez, devagar; senão, escreva o número do contador ou do cartão.',
  'error.card-damaged.customer': 'Não consigo ler o seu cartão. Posso ver o número nele?',
  'error.card-expired.cashier':
    'Este cartão de contador era válido até {month}. Escreva antes o número do contador e diga ao cliente que peça um cartão novo.',
  'error.card-expired.customer':
    'O seu cartão de contador perdeu a validade; podemos usar o número do seu contador.',
  'error.card-not-meter.cashier':
    'Isto é um cartão de pagamento, não um cartão de contador; nada dele foi guardado. Devolva-o e peça o número do contador.',
  'error.card-not-meter.customer':
    'Esse é o seu cartão do banco. Preciso do cartão do contador ou do número do contador.',
} as const;
