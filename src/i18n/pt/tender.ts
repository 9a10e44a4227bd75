export const tender = {
  'error.reference-missing.cashier':
    'Este pagamento precisa da sua referência. Escreva-a a partir da mensagem, do talão ou do cheque.',
  'error.reference-missing.customer': 'Mostre-me a mensagem ou o talão do pagamento, por favor.',
  'error.reference-too-long.cashier': 'Uma referência tem no máximo {longest} sinais. Leia-a de novo.',
  'error.reference-too-long.customer': 'Mostre-me outra vez a mensagem ou o talão do pagamento, por favor.',
  'error.reference-signs.cashier':
    'Uma referência só tem letras, algarismos e - / . _ # : +. Leia-a de novo.',
  'error.reference-signs.customer': 'Mostre-me outra vez a mensagem ou o talão do pagamento, por favor.',
  'error.reference-card-number.cashier':
    'Isto parece o número de um cartão de pagamento, e esses números não se guardam aqui. Escreva antes o número do talão ou da mensagem.',
  'error.reference-card-number.customer': 'Não preciso do número do seu cartão, só do número do pagamento.',
  'error.reference-used.cashier':
    'Esta referência já pagou: recibo {receiptNumber} de {time}, contador {meter}. Peça outro pagamento.',
  'error.reference-used.customer': 'Este pagamento já foi usado, em {time}, para o contador {meter}.',
  'error.reference-twice.cashier': 'A mesma referência está duas vezes neste pagamento. Retire uma.',
  'error.reference-twice.customer': 'O mesmo pagamento só conta uma vez.',
  'error.tender-too-much.cashier':
    'Os pagamentos passam {over} de {due}. Só se dá troco do dinheiro: baixe o valor.',
  'error.tender-too-much.customer': 'Os pagamentos passam de {due}.',
  'error.tender-too-little.cashier':
    'Ainda faltam {missing} de {due}. Receba o resto em dinheiro ou por outro pagamento.',
  'error.tender-too-little.customer': 'Ainda faltam {missing}.',
  'error.tender-cash-twice.cashier': 'O dinheiro está duas vezes neste pagamento. Junte-o.',
  'error.tender-cash-twice.customer': 'Um momento, estou a juntar o dinheiro.',
  'error.basket-meter-twice.cashier': 'Este contador já está no cesto. Retire-o primeiro para mudar o valor.',
  'error.basket-meter-twice.customer': 'O seu contador já está na lista.',
  'error.basket-stopped.cashier':
    'A venda anterior ainda não tem desfecho, por isso esta não foi começada. Devolva o dinheiro dela, ou venda-a de novo.',
  'error.basket-stopped.customer': 'Esta compra não aconteceu. Aqui está o dinheiro dela.',
  'error.units-not-payable.cashier':
    'Nenhum valor compra tantas unidades para este contador. Escreva outro número, ou um valor.',
  'error.units-not-payable.customer': 'Não se podem comprar tantas unidades. Quanto quer pagar?',
};
