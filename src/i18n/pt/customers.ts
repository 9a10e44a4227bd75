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
  'customers.field':
    '{field, select, name {Nome} account {Conta} phone {Telefone} address {Morada} language {Língua dos recibos} meter_number {Número do contador} resource {O que mede} sgc {Código do grupo de fornecimento} krn {Revisão da chave} ti {Índice tarifário} ea {Cifra} dkga {Derivação da chave} key_type {Tipo de chave} base_date {Data base} ken {Validade da chave} tariff_id {Lista de preços} keypad_serial {Número de série do teclado} customer_id {Cliente} other {Campo}}',
  'error.entry-field.cashier':
    '“{field, select, name {Nome} account {Conta} phone {Telefone} address {Morada} language {Língua dos recibos} meter_number {Número do contador} resource {O que mede} sgc {Código do grupo de fornecimento} krn {Revisão da chave} ti {Índice tarifário} ea {Cifra} dkga {Derivação da chave} key_type {Tipo de chave} base_date {Data base} ken {Validade da chave} tariff_id {Lista de preços} keypad_serial {Número de série do teclado} customer_id {Cliente} other {Campo}}” {reason, select, empty {é preciso} tooLong {é demasiado longo} controlSigns {tem sinais que não se imprimem} notANumber {não é um número} outOfRange {está fora dos limites} notSixDigits {tem de ter seis algarismos} unknownWord {não é nenhuma das opções} meterNumberText {tem sinais que não são algarismos} meterNumberLength {tem de ter 11, 13 ou 18 algarismos} meterNumberIssuer {não é de um contador STS} meterNumberCheckDigit {tem um algarismo errado} other {não está certo}}. Corrija e guarde.',
  'error.entry-field.customer': 'Isto não diz respeito à sua compra.',
  'error.entry-tariff.cashier':
    'Não há aqui uma lista de preços “{tariff}”. Escolha uma da lista, ou leia-a primeiro.',
  'error.entry-tariff.customer': 'Isto não diz respeito à sua compra.',
  'error.customer-unknown.cashier': 'Este cliente já não está no diretório. Procure-o outra vez.',
  'error.customer-unknown.customer': 'Isto não diz respeito à sua compra.',
  'error.meter-exists.cashier':
    'O contador {meter} já está no diretório. Procure-o e corrija-o ou mude-o aí.',
  'error.meter-exists.customer': 'Isto não diz respeito à sua compra.',
  'error.meter-has-sales.cashier':
    'Foram vendidos códigos para este número, por isso ele fica. Acrescente o contador certo como novo e abra uma reclamação pelo que foi vendido.',
  'error.meter-has-sales.customer': 'Isto não diz respeito à sua compra.',
  'error.conflict-gone.cashier': 'Esta diferença já está resolvida. Nada foi mudado.',
  'error.conflict-gone.customer': 'Isto não diz respeito à sua compra.',
  'customers.title': 'Clientes e contadores',
  'customers.about': 'Acrescentar, corrigir e mudar clientes e contadores',
  'customers.find': 'Contador, conta, telefone ou nome',
  'customers.find.go': 'Procurar',
  'customers.add': 'Novo cliente',
  'customers.edit': 'Corrigir o cliente',
  'customers.meters': 'Contadores',
  'customers.meters.none': 'Ainda não há contador.',
  'customers.meter.add': 'Novo contador',
  'customers.meter.edit': 'Corrigir o contador {meter}',
  'customers.meter.move': 'Mudar o contador {meter}',
  'customers.move': 'Mudar para outro cliente',
  'customers.move.to': 'De quem é agora?',
  'customers.key': 'A chave do contador',
  'customers.save': 'Guardar',
  'customers.saved': 'Guardado e escrito no diário.',
  'customers.language.own': 'A língua do posto',
  'customers.blocked': 'Bloqueado: {reason}',
  'customers.choice':
    '{value, select, electricity {Eletricidade} water {Água} gas {Gás} time {Tempo} type0 {0, inicialização} type1 {1, por omissão} type2 {2, única} type3 {3, comum} other {{value}}}',
  'conflicts.title': 'Diferenças',
  'conflicts.about': 'Onde a sede diz outra coisa do que foi mudado aqui',
  'conflicts.none': 'Nada difere. O que a sede enviou está de acordo com o que foi mudado aqui.',
  'conflicts.package': 'Sede, pacote {number}',
  'conflicts.file': 'De um ficheiro de clientes',
  'conflicts.ours': 'Aqui',
  'conflicts.theirs': 'Deles',
  'conflicts.keep': 'Manter o nosso',
  'conflicts.take': 'Aceitar o deles',
  'conflicts.gone': 'Já não está sob este número',
  'display.due': 'A pagar',
  'display.received': 'Recebido',
  'display.change': 'Troco',
  'display.token': 'O seu código',
  'display.token.of': 'Código {position} de {of}',
  'display.qr': 'O código do recibo',
} as const;
