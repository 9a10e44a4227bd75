import type { Translation } from '../catalogue.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Translation<typeof english> = {
  'error.internal.cashier':
    'Aconteceu algo inesperado e nada foi alterado. Tente de novo; se voltar a acontecer, chame o supervisor. Referência {ref}.',
  'error.internal.customer': 'A máquina precisa de um momento.',
  'error.request-invalid.cashier':
    'O programa enviou um pedido incorreto. Nada foi alterado. Referência {ref}.',
  'error.request-invalid.customer': 'A máquina precisa de um momento.',
  'error.not-allowed.cashier': 'A sua função não permite isto. Peça a um supervisor.',
  'error.not-allowed.customer': 'Um supervisor tem de ajudar com isto.',
  'error.not-signed-in.cashier': 'Ninguém tem sessão iniciada. Entre com o seu nome e PIN.',
  'error.not-signed-in.customer': 'O caixa tem de entrar primeiro.',
  'error.sign-in-refused.cashier': 'O nome ou o PIN não está certo. Verifique os dois e tente de novo.',
  'error.sign-in-refused.customer': 'O caixa tem de entrar primeiro.',
  'error.sign-in-locked.cashier': 'Demasiados PIN errados. Espere {seconds} segundos e tente de novo.',
  'error.sign-in-locked.customer': 'O caixa tem de entrar primeiro.',
  'error.meter-length.cashier':
    'Um número de contador tem 11 ou 13 algarismos (18 com o emissor); este tem {digits}. Leia-o de novo no contador ou no cartão.',
  'error.meter-length.customer': 'Mostre-me outra vez o número do seu contador ou cartão, por favor.',
  'error.meter-check-digit.cashier':
    'O último algarismo não condiz com os outros, por isso um deles está errado. Leia de novo o número do contador.',
  'error.meter-check-digit.customer':
    'Um algarismo do número do contador está errado. Leia-mo de novo, por favor.',
  'error.meter-issuer.cashier':
    'Este número não é de um contador STS (emissor 600727 ou 0000). Leia-o de novo.',
  'error.meter-issuer.customer': 'Este número não é de um contador pré-pago que servimos.',
  'error.meter-unknown.cashier':
    'O contador {meter} não está no diretório. Verifique o número; se estiver certo, o contador não está registado connosco.',
  'error.meter-unknown.customer': 'Este contador não está na nossa lista.',
  'error.nothing-found.cashier':
    'Nada encontrado para “{text}”. Tente o número do contador, o telefone ou parte do nome.',
  'error.nothing-found.customer': 'Não o encontro assim. Tem o número do contador ou um recibo antigo?',
  'error.directory-import-busy.cashier':
    'O ficheiro {file} já está a ser lido. Espere que termine, ou pare-o.',
  'error.directory-import-busy.customer': 'Isto não diz respeito à sua compra.',
  'error.directory-file.cashier':
    '{reason, select, empty {O ficheiro está vazio.} unreadable {O ficheiro não pode ser lido ({place}). Verifique o nome e se a pen está ligada.} notUtf8 {O texto do ficheiro não está em UTF-8 (no byte {place}). Guarde-o de novo como “CSV UTF-8”.} unknownColumn {A coluna “{place}” não é conhecida. Compare a primeira linha com a documentação.} missingColumn {Falta a coluna “{place}” na primeira linha.} columnTwice {Uma coluna aparece duas vezes na primeira linha.} endlessLine {A linha {place} não termina: uma aspa não está fechada, ou não é um ficheiro CSV. As linhas anteriores foram lidas.} notAFile {Isto é uma pasta, não um ficheiro.} other {O ficheiro não pôde ser lido até ao fim ({place}). As linhas já lidas mantêm-se.}}',
  'error.directory-file.customer': 'Isto não diz respeito à sua compra.',
  'error.meter-blocked.cashier': 'Este contador está bloqueado para vendas: {reason}.',
  'error.meter-blocked.customer':
    'As vendas para este contador estão bloqueadas. O seu fornecedor pode dizer-lhe porquê.',
  'error.amount-empty.cashier': 'Escreva primeiro o valor.',
  'error.amount-empty.customer': 'Quanto quer comprar?',
  'error.amount-not-a-number.cashier':
    '“{text}” não é um valor. Use algarismos, e um ponto para os cêntimos.',
  'error.amount-not-a-number.customer': 'Quanto quer comprar?',
  'error.amount-too-precise.cashier':
    'Esta moeda tem {minorDigits} algarismos depois do ponto. Escreva de novo o valor.',
  'error.amount-too-precise.customer': 'Quanto quer comprar?',
  'error.amount-negative.cashier': 'Um valor não pode ser menor que zero. Escreva-o sem o sinal menos.',
  'error.amount-negative.customer': 'Quanto quer comprar?',
  'error.amount-zero.cashier': 'O valor é zero. Escreva o que o cliente quer pagar.',
  'error.amount-zero.customer': 'Quanto quer comprar?',
  'error.amount-too-large.cashier': 'O valor é grande demais para uma venda. Verifique o número de zeros.',
  'error.amount-too-large.customer': 'Esse valor é grande demais para uma compra.',
  'error.amount-below-minimum.cashier': 'A menor venda para este contador é de {minimum}. {reason}',
  'error.amount-below-minimum.customer': 'O menor valor que compra alguma coisa é {minimum}.',
  'error.amount-above-maximum.cashier': 'A maior venda para este contador é de {maximum}. {reason}',
  'error.amount-above-maximum.customer': 'O maior valor para uma compra é {maximum}.',
  'error.nothing-to-buy.cashier': 'Nada pode ser vendido a este contador agora. {reason}',
  'error.nothing-to-buy.customer':
    'Nada pode ser comprado para este contador agora. Volte no próximo período.',
  'error.cash-too-little.cashier': 'O dinheiro entregue ({received}) é menos do que o valor ({due}).',
  'error.cash-too-little.customer': 'Isso não chega para {due}.',
  'error.tariff-missing.cashier':
    'Não há preço carregado para este contador nesta data. A sede tem de enviar a tarifa {tariff}.',
  'error.tariff-missing.customer': 'O preço para o seu contador ainda não está disponível aqui.',
  'error.account-incomplete.cashier':
    'O preço deste contador depende de: {missing}, que aqui não se conhece. Peça à sede que complete a conta; nada foi vendido.',
  'error.account-incomplete.customer':
    'A conta deste contador tem de ser completada primeiro. Dirija-se à empresa de distribuição.',
  'error.tariff-refused.cashier':
    'Não é possível calcular o preço deste contador para este valor ({reason, select, change {a sua tabela de preços devolve o que sobra do dinheiro, o que este posto ainda não faz} other {{reason}}}). Nada foi vendido.',
  'error.tariff-refused.customer': 'O preço para este valor não pode ser calculado aqui.',
  'error.sale-in-doubt.cashier':
    'Não se sabe se o código foi criado. A venda fica guardada; prima Enter para perguntar de novo ao módulo. Não volte a vender a este contador.',
  'error.sale-in-doubt.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.meter-has-open-sale.cashier':
    'Uma venda anterior a este contador ainda não está resolvida (recibo {receiptNumber}). Resolva-a primeiro.',
  'error.meter-has-open-sale.customer':
    'Uma compra anterior para o seu contador tem de ser terminada primeiro.',
  'error.sale-unknown.cashier': 'Essa venda não existe nos livros deste posto.',
  'error.sale-unknown.customer': 'Não encontro essa compra.',
  'error.token-mismatch.cashier':
    'O código do módulo não condiz com a venda, por isso não é mostrado. A venda com este módulo está parada. Chame o supervisor.',
  'error.token-mismatch.customer':
    'A máquina tem uma avaria e não pode dar códigos. O seu dinheiro está registado.',
  'error.module-locked.cashier':
    'O módulo de segurança está trancado. Um supervisor tem de o abrir com a frase secreta.',
  'error.module-locked.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-passphrase.cashier': 'A frase secreta não está certa. As chaves continuam fechadas.',
  'error.module-passphrase.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-file.cashier':
    '{reason, select, missing {Não há ficheiro de chaves no lugar definido.} unreadable {Esta conta não consegue ler o ficheiro de chaves.} unwritable {Não é possível escrever o ficheiro de chaves: verifique o disco e os direitos desta conta.} foreign {O ficheiro no lugar definido não é um ficheiro de chaves Kioskwatt.} truncated {O ficheiro de chaves está cortado. Reponha uma cópia.} changed {O ficheiro de chaves foi alterado depois de escrito. Reponha uma cópia.} newer {O ficheiro de chaves foi escrito por um Kioskwatt mais recente. Instale de novo esse programa.} profile {O ficheiro de chaves foi feito para outro tipo de posto.} exists {Já existe um ficheiro de chaves; ficou como estava.} duplicate {Esta chave já está no ficheiro.} size {A chave não tem o tamanho de que os seus contadores precisam.} parity {A paridade da chave está errada, por isso um algarismo dela está errado.} attributes {Um dado da chave está fora dos limites.} other {O ficheiro de chaves não pode ser usado ({reason}).}} As chaves continuam fechadas.',
  'error.module-file.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-no-key.cashier':
    'Não há chave de venda para o grupo {sgc}, revisão {krn}. Este contador não pode ser servido aqui.',
  'error.module-no-key.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-key-expired.cashier':
    'A chave de venda do grupo {sgc} expirou. A sede tem de carregar uma nova.',
  'error.module-key-expired.customer': 'O seu contador não pode ser servido hoje neste balcão.',
  'error.module-base-date.cashier':
    'A chave de venda do grupo {sgc}, revisão {krn}, conta o tempo a partir de outro ano que este contador ({baseDate}). A sede tem de ver a ficha do contador.',
  'error.module-base-date.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-key-type.cashier':
    'A chave de venda do grupo {sgc} é de um tipo que não pode criar crédito ({keyType}). O contador precisa primeiro de uma mudança de chave.',
  'error.module-key-type.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-key-not-active.cashier':
    'A chave de venda do grupo {sgc}, revisão {krn}, ainda não pode ser usada. Verifique a data do computador, ou espere pelo primeiro dia dela.',
  'error.module-key-not-active.customer': 'O seu contador não pode ser servido hoje neste balcão.',
  'error.module-request.cashier':
    'O módulo de segurança não pode criar um código para a ficha deste contador ({reason}). Nada foi criado.',
  'error.module-request.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-tampered.cashier':
    'O módulo de segurança diz que foi violado. A venda com ele está parada. Chame o supervisor; o módulo volta ao fabricante.',
  'error.module-tampered.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-application.cashier':
    'O módulo de segurança tem uma avaria interna. A venda com ele está parada. Chame o supervisor, que o desliga e liga.',
  'error.module-application.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-timeout.cashier':
    'O módulo de segurança não respondeu a tempo. A venda fica guardada; verifique o cabo e pergunte de novo.',
  'error.module-timeout.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-at-work.cashier':
    'O módulo pode ainda estar a criar este código. A venda fica guardada; espere meio minuto e pergunte de novo.',
  'error.module-at-work.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-unknown-reply.cashier':
    'O módulo de segurança deu uma resposta que não se entende. A venda fica guardada; pergunte de novo ou chame o supervisor.',
  'error.module-unknown-reply.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-not-stopped.cashier': 'O módulo {moduleId} não está parado: já funciona.',
  'error.module-not-stopped.customer': 'A máquina não pode criar códigos neste momento.',
  'error.token-kept-wrong.cashier':
    'O código que o módulo guarda para esta venda está errado e não é mostrado. O supervisor termina a venda em Decisões (F10).',
  'error.token-kept-wrong.customer': 'O seu dinheiro está registado. Um supervisor tem de ver esta venda.',
  'error.module-stopped.cashier':
    'A venda com este módulo está parada depois de um código errado. Chame o supervisor.',
  'error.module-stopped.customer': 'A máquina não pode criar códigos neste momento.',
  'error.clock-behind.cashier':
    'O relógio do computador ({clock}) está atrás do último registo ({last}). Acerte o relógio e continue. Se o relógio estiver certo, é que então estava adiantado: chame o supervisor.',
  'error.clock-behind.customer': 'O relógio da máquina tem de ser acertado primeiro.',
  'error.token-time-full.cashier':
    'Este contador recebeu códigos demais nos últimos minutos. Espere {minutes} minutos.',
  'error.token-time-full.customer':
    'O seu contador acabou de receber vários códigos. O próximo pode ser criado dentro de alguns minutos.',
  'error.storage-failed.cashier':
    'O disco comunicou uma avaria ({reason}). A venda está parada para que nada se perca. Chame o supervisor.',
  'error.storage-failed.customer': 'A máquina tem uma avaria e não pode vender neste momento.',
  'error.printer-unreachable.cashier':
    'A impressora em {address} não responde. Verifique a corrente e o cabo e prima F5 para imprimir. O código está seguro.',
  'error.printer-unreachable.customer': 'A impressora não responde. O seu código está seguro; posso lê-lo.',
  'error.print-job-unknown.cashier': 'Essa impressão não existe.',
  'error.print-job-unknown.customer': 'Não há nada para imprimir.',
  'error.folder-full.cashier':
    'O disco que contém {folder} está cheio. Nada foi alterado. Liberte pelo menos {megabytes} MB, depois arranque de novo.',
  'error.folder-full.customer': 'A máquina ainda não pode arrancar.',
  'error.folder-read-only.cashier':
    'Não é possível escrever na pasta de dados {folder}. Dê a esta conta o direito de lá escrever e arranque de novo.',
  'error.folder-read-only.customer': 'A máquina ainda não pode arrancar.',
  'error.folder-network.cashier':
    'A pasta de dados {folder} está numa unidade de rede ({filesystem}). Escolha uma pasta no disco deste computador.',
  'error.folder-network.customer': 'A máquina ainda não pode arrancar.',
  'error.folder-locked.cashier':
    'O Kioskwatt já está a correr nesta pasta de dados ({holder}). Use essa janela, ou feche-a primeiro.',
  'error.folder-locked.customer': 'A máquina já está a funcionar.',
  'error.folder-not-a-folder.cashier': 'A pasta de dados {folder} não pode ser usada: {reason}.',
  'error.folder-not-a-folder.customer': 'A máquina ainda não pode arrancar.',
  'error.database-newer.cashier':
    'O ficheiro {file} foi escrito por um Kioskwatt mais recente (versão {found}, este conhece {known}). Instale de novo esse programa, ou restaure uma cópia anterior.',
  'error.database-newer.customer': 'A máquina ainda não pode arrancar.',
  'error.database-foreign.cashier':
    'O ficheiro {file} não é uma base de dados Kioskwatt. Nada foi alterado nele.',
  'error.database-foreign.customer': 'A máquina ainda não pode arrancar.',
  'error.database-no-room.cashier':
    'O disco tem espaço a menos para abrir {file} e o trazer a esta versão. Nada foi alterado. Liberte cerca de {megabytes} MB, depois arranque de novo.',
  'error.database-no-room.customer': 'A máquina ainda não pode arrancar.',
  'error.database-busy.cashier':
    'Outro programa está a ocupar {file}. Nada foi alterado. Feche esse programa e arranque de novo.',
  'error.database-busy.customer': 'A máquina ainda não pode arrancar.',
  'error.database-unreadable.cashier':
    'O disco não conseguiu ler ou escrever {file} ({reason}). Nada foi vendido e nada foi alterado. Verifique o disco e os direitos desta conta e arranque de novo. Não restaure nada enquanto o ficheiro só estiver fora de alcance.',
  'error.database-unreadable.customer': 'A máquina ainda não pode arrancar.',
  'error.database-damaged.cashier':
    'O ficheiro {file} está danificado ({reason}). Nada foi vendido e nada foi alterado. Guarde o ficheiro e restaure a última cópia verificada.',
  'error.database-damaged.customer': 'A máquina ainda não pode arrancar.',
  'error.chain-broken.cashier':
    'O livro foi alterado na linha {row}: {reason}. A venda está parada. Chame o supervisor.',
  'error.chain-broken.customer': 'A máquina não pode vender neste momento.',
  'error.restore-unfinished.cashier':
    'Um restauro de {folder} foi interrompido antes do último passo. Nada se perdeu: {found} estão ao lado. Faça o restauro de novo e depois arranque.',
  'error.restore-unfinished.customer': 'A máquina ainda não pode arrancar.',
  'error.profile-refused.cashier':
    'Este posto não pode ser usado em produção: {reason, select, software {as suas chaves estão num ficheiro, e só um módulo certificado pode guardar chaves que vendem} other {{reason}}}.',
  'error.profile-refused.customer': 'A máquina ainda não pode arrancar.',
  'error.config-invalid.cashier': 'A definição {path} não está certa: {reason}.',
  'error.config-invalid.customer': 'A máquina ainda não pode arrancar.',
  'error.quote-changed.cashier': 'O preço mudou desde que foi mostrado. Veja os novos números e prima Enter.',
  'error.quote-changed.customer': 'O preço acabou de mudar. Veja o novo valor, por favor.',
  'error.cash-step.cashier': 'O dinheiro vai em passos de {step}. Arredonde o valor.',
  'error.cash-step.customer': 'A moeda mais pequena aqui é de {step}.',
  'error.sale-void.cashier':
    'A venda {receiptNumber} ficou sem efeito e nenhum código foi criado. Devolva o dinheiro, ou venda de novo.',
  'error.sale-void.customer': 'Essa compra não aconteceu. Aqui está o seu dinheiro.',
  'error.sale-unissued.cashier': 'Um supervisor fechou a venda {receiptNumber}: o código nunca foi entregue.',
  'error.sale-unissued.customer': 'Um supervisor resolveu essa compra.',
  'error.token-time-range.cashier':
    'O relógio, ou a data base {baseDate} do contador, não está certo: nenhum código pode levar esta hora.',
  'error.token-time-range.customer': 'O relógio da máquina tem de ser acertado primeiro.',
  'error.several-meters.cashier': 'Isto indica {count} contadores. Dê o número do contador.',
  'error.several-meters.customer': 'Mostre-me o número do seu contador ou cartão, por favor.',
  'error.config-missing.cashier': 'O posto ainda não está configurado: {file} não existe.',
  'error.config-missing.customer': 'A máquina ainda não pode arrancar.',
  'error.already-open.cashier':
    'O Kioskwatt já está aberto neste computador. A janela dele foi trazida para a frente.',
  'error.already-open.customer': 'A máquina já está a funcionar.',
  'error.training-only.cashier': 'Isto só existe em formação.',
  'error.training-only.customer': 'Isto só existe em formação.',
  'error.warning-duplicate.cashier':
    'O contador {meter} comprou o mesmo valor há {minutes, plural, one {# minuto} other {# minutos}} (recibo {receiptNumber}). Pergunte ao cliente; Enter vende de novo, Esc volta atrás.',
  'error.warning-duplicate.customer':
    'O mesmo valor acabou de ser comprado para o contador {meter}. Quer outra vez?',
  'error.warning-paid-twice.cashier':
    'A conta do contador {meter} recebeu o mesmo valor há {minutes, plural, one {# minuto} other {# minutos}} (recibo {receiptNumber}). Pergunte ao cliente; Enter recebe-o de novo, Esc volta atrás.',
  'error.warning-paid-twice.customer':
    'O mesmo valor acabou de ser pago para o contador {meter}. Quer pagá-lo outra vez?',
  'error.warning-unusual-amount.cashier':
    'Isto é muito mais do que o contador {meter} costuma comprar (no máximo {usual}). Leia o número ao cliente; Enter vende, Esc volta atrás.',
  'error.warning-unusual-amount.customer':
    'Isto é muito mais do que o costume. O número {meter} do contador está certo?',
  'error.warning-new-meter.cashier':
    'O contador {meter} nunca comprou aqui; até agora este telefone comprava para o contador {usual}. Leia o número ao cliente; Enter vende, Esc volta atrás.',
  'error.warning-new-meter.customer':
    'Até agora comprava para o contador {usual}. O número {meter} do contador está certo?',
  'error.limit-per-sale.cashier':
    'Uma venda aqui pode ser de {limit} no máximo. Escolha um valor menor, ou peça a um supervisor.',
  'error.limit-per-sale.customer': 'Uma compra aqui pode ser de {limit} no máximo.',
  'error.limit-per-meter-day.cashier': 'Este contador pode comprar {limit} por dia aqui; restam {left} hoje.',
  'error.limit-per-meter-day.customer': 'O seu contador ainda pode comprar {left} hoje.',
  'error.limit-per-operator-day.cashier':
    'Pode vender {limit} por dia; restam {left} hoje. Peça a um supervisor.',
  'error.limit-per-operator-day.customer': 'Este balcão não pode vender tanto hoje.',
  'error.limit-per-operator-shift.cashier':
    'Pode vender {limit} por turno; restam {left}. Peça a um supervisor.',
  'error.limit-per-operator-shift.customer': 'Este balcão não pode vender tanto neste momento.',
  'error.sale-not-in-doubt.cashier': 'A venda {receiptNumber} está resolvida: não há nada a fechar.',
  'error.sale-not-in-doubt.customer': 'Essa compra está resolvida.',
  'error.sale-under-way.cashier':
    'O módulo está a responder por esta venda neste momento. Veja de novo dentro de segundos.',
  'error.sale-under-way.customer': 'A máquina está a terminar a sua compra.',
  'error.database-missing.cashier':
    '{file} não existe, ou não tem nada. Numa pasta que já foi usada, nada começa de novo: reponha o ficheiro, ou restaure a última cópia verificada. Numa pasta nova, arranque primeiro o posto.',
  'error.database-missing.customer': 'A máquina ainda não pode arrancar.',
  'error.profile-differs.cashier':
    'Esta pasta pertence a um posto {found} e foi aberta como {wanted}. Escolha a pasta ou o perfil certo.',
  'error.profile-differs.customer': 'A máquina ainda não pode arrancar.',
  'error.backup-target.cashier':
    '{reason, select, insideData {A pasta de cópias {folder} está dentro da pasta de dados. Escolha uma pasta noutro disco.} notAFolder {A pasta de cópias {folder} não está lá. Ligue o disco ou crie a pasta e tente de novo.} noRoom {Não há espaço para uma cópia em {folder} (faltam {detail} bytes). Use outro disco; o programa nunca apaga cópias antigas.} other {Não é possível escrever na pasta de cópias {folder} ({detail}). Verifique o disco e os direitos desta conta.}} Nenhuma cópia foi feita.',
  'error.backup-target.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.backup-source.cashier':
    'A pasta {folder} não é a pasta de dados de um posto: falta {file}. Nenhuma cópia foi feita.',
  'error.backup-source.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.backup-same-disk.cashier':
    'A cópia está no mesmo disco que os livros e perder-se-ia com eles. Mande definir uma pasta para cópias noutro disco, depois faça outra cópia.',
  'error.backup-same-disk.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.backup-incomplete.cashier':
    'A cópia {backup} foi interrompida enquanto era feita e não conta. Use uma mais antiga.',
  'error.backup-incomplete.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.backup-changed.cashier':
    'A cópia {backup} não está como foi escrita: {file} {reason, select, missing {falta} size {tem outro tamanho} unexpected {não pertence ali} other {foi alterado}}. Use uma mais antiga.',
  'error.backup-changed.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.restore-target.cashier':
    'Nada foi restaurado para {folder}: {reason, select, insideBackup {está dentro da cópia, ou a cópia dentro dela} noParent {a pasta acima não existe} notAFolder {não é uma pasta} other {{reason}}}.',
  'error.restore-target.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.restore-clock.cashier':
    'O relógio do computador indica {clock}, o mais recente que aqui se conhece é de {last}. Se o relógio estiver errado, acerte-o. Se estiver certo, dê o comando outra vez com --clock-is-right. Nada foi alterado.',
  'error.restore-clock.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.export-target.cashier':
    'Nada foi exportado para {folder}: {reason, select, notEmpty {a pasta não está vazia} other {{reason}}}.',
  'error.export-target.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.disk-full.cashier':
    'O disco está quase cheio (restam {megabytes} MB). A venda para aqui, para que o que foi vendido fique seguro. Liberte espaço ou chame o supervisor.',
  'error.disk-full.customer': 'A máquina não pode vender neste momento.',
  'error.request-differs.cashier':
    'Este pedido era para outra venda (recibo {receiptNumber}). Nada foi vendido. Comece de novo a venda.',
  'error.request-differs.customer': 'Tenho de começar de novo a sua compra.',
  'error.recall-not-restored.cashier':
    'Esta pasta não foi restaurada de uma cópia, por isso não há nada a trazer de volta.',
  'error.recall-not-restored.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.slip-file.cashier':
    'O ficheiro {path} não serve como talões: {reason, select, missing {não está lá} other {{reason}}}. Nada foi trazido de volta.',
  'error.slip-file.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.slip-refused.cashier':
    'Talão {receipt}: {reason, select, receipt {não é um número que o posto deu antes do restauro} taken {os livros têm outra venda com este número ou código} open {a venda está aberta nos livros; resolva-a lá} ended {nos livros, a venda terminou sem código; o dinheiro foi devolvido ou passou para outra venda} time {essa hora não existe} after {a hora é depois do restauro} before {a hora é antes da cópia, que a teria} meter {o contador não está no diretório} reference {o número do pagamento já pagou outra venda} token {o código não serve a este contador com a sua chave} kind {só uma compra com um único código de crédito volta do papel} minute {o código foi feito para outra hora} units {o código traz outras unidades} other {{reason}}}. Nada foi trazido de volta.',
  'error.slip-refused.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.recall-unreadable.cashier': 'Não é possível ler a exportação. Nada foi trazido de volta.',
  'error.recall-unreadable.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.recall-not-following.cashier':
    'A exportação não dá seguimento aos livros desta pasta, ou foi alterada. Nada foi trazido de volta.',
  'error.recall-not-following.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
};
