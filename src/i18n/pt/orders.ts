export const orders = {
  'error.free-units-unknown.cashier': 'A tabela de preços não dá essas unidades gratuitas a este contador.',
  'error.free-units-unknown.customer': 'Não há unidades gratuitas para este contador.',
  'error.free-units-taken.cashier':
    '{name}: já foi dado neste período.{next, select, none {} other { O próximo é devido em {next}.}}',
  'error.free-units-taken.customer': 'As suas unidades gratuitas deste período já foram dadas.',
  'error.free-units-not-home-station.cashier':
    '{name} só é dado no posto de origem do contador, e não é este.',
  'error.free-units-not-home-station.customer':
    'Recebe as unidades gratuitas onde o contador está registado.',
  'error.free-units-needs-purchase.cashier':
    '{name} só é dado com uma compra, o que este balcão não pode fazer.',
  'error.free-units-needs-purchase.customer': 'Estas unidades gratuitas vêm com uma compra, noutro balcão.',
  'error.free-units-not-for-category.cashier': '{name} não é para a categoria deste cliente.',
  'error.free-units-not-for-category.customer': 'Estas unidades gratuitas não são para o seu tipo de conta.',
  'error.units-out-of-range.cashier': 'Uma recarga não pode levar tantas unidades. Dê menos.',
  'error.units-out-of-range.customer': 'É mais do que uma recarga pode conter.',
  'error.management-value.cashier': 'Uma recarga não pode levar esse valor. Verifique e introduza outro.',
  'error.management-value.customer': 'O valor tem de ser verificado primeiro.',
  'error.key-change-same.cashier': 'O contador já tem estes dados de chave. Nada muda.',
  'error.key-change-same.customer': 'O seu contador está atualizado.',
  'error.replacement-other-meter.cashier':
    'O recibo {receiptNumber} é de outro contador. Uma recarga nunca passa para outro contador: abra uma disputa.',
  'error.replacement-other-meter.customer': 'Essa recarga é de outro contador; o escritório vai ver.',
  'error.replacement-no-token.cashier': 'O recibo {receiptNumber} não tem recarga que se possa refazer.',
  'error.replacement-no-token.customer': 'Não havia recarga nesse recibo.',
  'error.replacement-same.cashier':
    'Com os mesmos dados de chave a recarga seria a do recibo {receiptNumber}. Imprima uma cópia, ou corrija os dados.',
  'error.replacement-same.customer': 'A recarga do seu recibo está certa.',
  'error.debt-unknown.cashier': 'Esta conta não deve nada desse tipo.',
  'error.debt-unknown.customer': 'Não deve nada aí.',
  'error.payment-above-debt.cashier': 'Só se deve {owed}. Receba isso, ou ponha o resto no saldo.',
  'error.payment-above-debt.customer': 'Deve {owed}.',
  'error.sell-again-purchases.cashier':
    '{receiptNumber} não foi uma compra. Feche como não emitido e volte a pedir nas ferramentas.',
  'error.sell-again-purchases.customer': 'Tenho de pedir de novo.',
};
