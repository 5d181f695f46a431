verdict-share-stops-all = { $of }台の{ $share }は切り上げて{ $minimum }台です。1台も更新できないため、デプロイはすぐに失敗します。最小値を{ $works }にすれば動きます。
verdict-count-stops-all = { $of }台のうち{ $minimum }台が正常でなければなりません。1台も更新できないため、デプロイはすぐに失敗します。最小値を{ $works }にすれば動きます。
verdict-nothing-may-move = { $desired }タスクのうち最小{ $least }、最大{ $most }なので、1つも停止できず、1つも起動できません。デプロイは終わりません。最小を{ $minimum }にするか、最大を{ $maximum }にすれば動きます。
verdict-no-room = 同時に{ $needed }台が必要ですが、クォータは{ $quota }台です。クォータを{ $needed }台にすれば動きます。
verdict-no-approval = 計画は承認を{ $asked }回待ちますが、{ $given ->
    [0] 1回も得られないので
   *[other] { $given }回しか得られないので
}、終わりません。承認（Approve）イベントを必要な回数だけ加えれば動きます。
verdict-step-too-short = トラフィック{ $share }の段階は{ $lasts }続きますが、アラームには{ $needs }{ $periods ->
    [1] {""}
   *[other] （{ $period }×{ $periods }期間）
}必要です。鳴る前に次の段階へ進んでしまいます。
verdict-alarm-is-blind = トラフィック{ $share }の段階では、新バージョンが失敗させるのは全リクエストの最大{ $share }ですが、アラームは{ $threshold }を超えると鳴ります。この段階の異常は見えません。新バージョン自身のリクエストを監視するアラームなら見えます。
verdict-too-few-requests = トラフィック{ $share }の段階で新バージョンが{ $over }に受けるリクエストは約{ $expected }件です。{ $threshold }のエラー率を見分けるには{ $needed }件必要です。
