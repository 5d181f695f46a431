stage-cell-stands-for = 1 マス = { $n } インスタンス
stage-cell-stands-for-about = 1 マス = { $n } インスタンス(一部を集計)
stage-shown-of = { $of } 台中 { $from }〜{ $to }
stage-show-all = すべて表示
stage-unpin = { $name } の固定を解除
stage-pinned = 固定表示: インスタンス { $name }
stage-instance = インスタンス { $name }
stage-instances = インスタンス { $from }〜{ $to }
stage-life = 経過: { $life }
stage-life-part = { $state } { $for }
stage-life-since = { $state } 最後まで
stage-users = ユーザー
stage-users-now = 現在毎秒 { $rps } リクエスト、最大 { $peak }
stage-balancer = ロードバランサー
stage-balancer-does = 各リクエストを稼働中のインスタンスのいずれかに送ります。
stage-balancer-to = { $n ->
    [0] リクエストを受け取るインスタンスはありません。
   *[other] { $n } 台のインスタンスがリクエストを受け取っています。
}
stage-served = 毎秒 { $demand } リクエスト中 { $rps } を処理
stage-refused = { $rps } をここで拒否
stage-failed-there = { $rps } が送り先で失敗
stage-stream = トラフィック
stage-stream-of = { $version }: 毎秒 { $rps } リクエスト、{ $share }
stage-stream-each = 1 台あたり、処理できる毎秒 { $most } リクエストのうち { $rps } を受け取っています。
stage-nothing-flows = 何も届いていません。
stage-group-of = インスタンス { $n } 台
stage-count = { $state } { $n }
stage-about-count = { $state } 約 { $n }
stage-share = トラフィックの { $share }
stage-becomes-new = 新バージョンに更新中
stage-becomes-old = 旧バージョンに更新中
